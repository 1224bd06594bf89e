package dev.palimpsest.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves and audits where everything that leaves the machine goes to one interface, and prints how
 * many packets that sent: after the audit, and after a request that was meant to leave.
 */
final class SilentRun {
  /** Of the process's own network, unlike what is below /sys. */
  private static final Path DEVICES = Path.of("/proc/net/dev");

  /** After nine figures come the packets that were sent. */
  private static final Pattern SINK = Pattern.compile("sink:(?:\\s*\\d+){9}\\s+(\\d+)");

  private SilentRun() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Path models = AuditByApi.models(folder.resolve("models"));
    try (ServedApp app =
        ServedApp.over(
            folder.resolve("data"), folder.resolve("log"), "--root", models.toString())) {
      AuditByApi program = new AuditByApi(app);
      String audit = program.start(models, "quick", "knowledge", "instruction");
      program.awaitEnd(audit);
      for (String page : new String[] {"/audits", "/audits/" + audit + "/report", "/suites"}) {
        System.out.println("PAGE " + app.get(page).statusCode());
      }
      System.out.println(
          "BUNDLE " + app.get("/api/v1/audits/" + audit + "/bundle.zip").statusCode());
    }
    System.out.println("SENT " + sent());
    ask();
    System.out.println("SENT AFTER A REQUEST " + sent());
    System.exit(0);
  }

  private static String sent() throws IOException {
    Matcher sink = SINK.matcher(Files.readString(DEVICES));
    if (!sink.find()) {
      throw new IOException("there is no interface \"sink\"");
    }
    return sink.group(1);
  }

  /** Of an address of RFC 5737, which nobody has. */
  private static void ask() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 443),
          500);
    } catch (IOException nobodyAnswers) {
      System.out.println("NOBODY ANSWERS");
    }
  }
}
