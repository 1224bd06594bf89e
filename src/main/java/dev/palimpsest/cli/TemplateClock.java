package dev.palimpsest.cli;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The time that a chat template's strftime_now reads. */
final class TemplateClock {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description = "The local time that strftime_now reads, like 2026-01-31T12:00 (default: now).")
  private String now;

  /** Returns the given time, standing still, or the clock of this machine. */
  Clock get() {
    if (now == null) {
      return Clock.system(ZoneId.systemDefault());
    }
    try {
      String withTime = now.indexOf('T') < 0 ? now + "T00:00" : now;
      LocalDateTime time = LocalDateTime.parse(withTime.replaceFirst("(Z|[+-]\\d\\d:\\d\\d)$", ""));
      return Clock.fixed(time.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      CommandLine command = spec.commandLine();
      throw new ParameterException(
          command, "--now should be a time like 2026-01-31T12:00, not '" + now + "'.", e);
    }
  }
}
