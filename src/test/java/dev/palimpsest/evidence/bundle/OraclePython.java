package dev.palimpsest.evidence.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A Python that has other people's tools: the one that $PALIMPSEST_ORACLE_PYTHON names, or else the
 * first on the path.
 */
final class OraclePython {
  private OraclePython() {}

  /** What a run said, on both streams, and its exit code; -1 where there is no Python. */
  record Ended(int code, String said) {}

  static Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Objects.requireNonNullElse(System.getenv("PALIMPSEST_ORACLE_PYTHON"), "python3"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), said);
    } catch (IOException noPython) {
      return new Ended(-1, noPython.getMessage());
    }
  }
}
