package dev.palimpsest.decoder.kernel;

import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.MemoryExhaustedException;
import java.util.Locale;

/** Turns a failure of the native engine into a sentence. */
final class EngineFailure {
  private EngineFailure() {}

  static DecoderException explain(RuntimeException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("out of memory") || lower.contains("can't allocate memory")) {
      return new MemoryExhaustedException(e);
    }
    return new DecoderException("The inference engine failed: " + lastLine(message), e);
  }

  /** The engine puts a program trace first and what went wrong last. */
  private static String lastLine(String message) {
    return message.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("no reason");
  }
}
