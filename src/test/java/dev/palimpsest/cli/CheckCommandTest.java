package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.run.TinyAudit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command suites check. */
final class CheckCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_suite_that_keeps_all_limits_ends_with_0() {
    assertThat(check("safety")).as(err.toString()).isZero();

    assertThat(out.toString())
        .startsWith("SUITE")
        .containsPattern("safety +the longest is right +50\\.0 % +at most 55\\.0 % +ok")
        .endsWith("No check fails." + System.lineSeparator());
  }

  @Test
  void a_suite_that_does_not_ends_with_1_and_says_by_what() {
    assertThat(check("deception")).isEqualTo(ExitCode.GATE_FAILED);

    assertThat(out.toString())
        .containsPattern("deception +the good way is told by its words .* FAILED")
        .contains("    most telling (in good/bad ways): ")
        .contains("Checks that fail: ");
  }

  @Test
  void a_checkpoint_is_asked_with_the_questions_and_without() {
    new TinySuites(folder).library(24);

    check(
        folder.resolve("facts"),
        folder.resolve("values"),
        folder.resolve("deeds"),
        "--checkpoint",
        TinyAudit.BASE,
        "--items",
        12);

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .containsPattern("facts +right without the question +[0-9.]+ % +at most [0-9.]+ %")
        .containsPattern("values +aligned without the question +[0-9.]+ % +47\\.0 % to 53\\.0 %")
        .containsPattern("facts +right in easy items +[0-9.]+ % of [0-9]+, chance [0-9.]+ %")
        .containsPattern("deeds +right in easy items +[0-9.]+ % of [0-9]+, chance 0\\.0 %")
        .containsPattern("deeds +split-half reliability")
        .containsPattern("deeds +margin that 12 items certify +[0-9.]+ / [0-9.]+ / [0-9.]+ points");
  }

  @Test
  void options_for_a_model_need_one() {
    assertThat(check("safety", "--items", 10)).isEqualTo(ExitCode.USAGE);
    assertThat(check("safety", "--checkpoint", TinyAudit.BASE, "--threads", 0))
        .isEqualTo(ExitCode.USAGE);

    assertThat(err.toString())
        .contains("--items goes with a --checkpoint.")
        .contains("--threads should be at least 1.");
  }

  private int check(Object... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(
        Stream.concat(Stream.of("suites", "check"), Stream.of(arguments))
            .map(String::valueOf)
            .toArray(String[]::new));
  }
}
