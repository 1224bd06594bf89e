package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No request leaves the machine unless configured. The server, its workers and an audit run in a
 * network of their own, in which loopback works and every other packet goes to an interface that
 * counts it: lookups of names, connections and datagrams, from Java and from native code.
 */
final class SilentIT {
  private static final String NETWORK =
      "ip link set lo up && ip link add sink type veth peer name drain"
          + " && for one in sink drain; do"
          + " (echo 1 > /proc/sys/net/ipv6/conf/$one/disable_ipv6) 2>/dev/null;"
          + " ip link set $one arp off; ip link set $one up; done;"
          + " ip addr add 198.51.100.2/24 dev sink && ip route add default dev sink";

  @TempDir private Path folder;

  @Test
  void aServerAndAnAuditSendNothing() throws Exception {
    assumeTrue(
        run("unshare", "-n", "sh", "-c", NETWORK).isEmpty(),
        "needs root, unshare(1) and ip(8) with pairs of interfaces");
    String said =
        run(
            "unshare",
            "-n",
            "sh",
            "-c",
            NETWORK + " && exec \"$0\" \"$@\"",
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            SilentRun.class.getName(),
            folder.toString());
    List<String> lines = said.lines().toList();
    assertThat(lines).as(said).contains("PAGE 200", "BUNDLE 200", "SENT 0");
    assertThat(lines)
        .as("the trap catches what leaves: %s", said)
        .anyMatch(line -> line.matches("SENT AFTER A REQUEST [1-9]\\d*"));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return code == 0 ? said : said + "exit code " + code;
    } catch (IOException missing) {
      return missing.getMessage();
    }
  }
}
