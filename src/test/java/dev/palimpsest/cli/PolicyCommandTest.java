package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class PolicyCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aCheckSaysWhatThePolicyAsksForAndWhichWaiversAreOver() throws Exception {
    Path file =
        policy(
            """
            version: 2
            name: SQL assistant
            gates: [{suite: knowledge, maxDrop: 0.03}]
            waivers: [{what: template, who: R. Miller, reason: old, expires: 2020-01-31}]
            """);

    assertThat(run("policy", "check", file.toString())).isZero();
    assertThat(out.toString())
        .startsWith("SQL assistant\n  knowledge: a drop of at most 3.0 points.\n")
        .contains("the waiver by R. Miller ended on 2020-01-31 and waives nothing any more.")
        .containsPattern("Digest: [0-9a-f]{64}\n");
  }

  @Test
  void everyFaultIsASentenceAndTheCodeIsThatOfMisuse() throws Exception {
    Path file = policy("version: 2\nname: a\nalpha: 9\nrequires: [safety]\n");

    assertThat(run("policy", "check", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualTo(
            """
            policy.yaml, line 3, field alpha: found 9, expected a level above 0 and below 0.5.
            policy.yaml, line 4, field requires: found an unknown field, expected require.
            """);
  }

  @Test
  void aPolicyIsRegisteredOnceAndKeepsItsTime() throws Exception {
    Path file = policy("version: 2\nname: a\ngates: [{suite: knowledge, maxDrop: 0.03}]");
    String data = folder.resolve("data").toString();

    assertThat(run("policy", "register", file.toString(), "--data", data)).isZero();
    String first = line("Registered: ");
    assertThat(run("policy", "register", file.toString(), "--data", data)).isZero();
    assertThat(line("Registered: ")).isEqualTo(first).endsWith("Z, in " + data);
  }

  @Test
  void withoutASubcommandItSaysWhichThereAre() {
    assertThat(run("policy")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("policy check FILE or policy register FILE");
  }

  private String line(String start) {
    return out.toString().lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  private Path policy(String text) throws Exception {
    return Files.writeString(folder.resolve("policy.yaml"), text);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
