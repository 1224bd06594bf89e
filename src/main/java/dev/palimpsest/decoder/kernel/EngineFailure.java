package dev.palimpsest.decoder.kernel;

import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.MemoryExhaustedException;
import java.util.List;
import java.util.Locale;

/** Turns a failure of the native engine into a sentence. */
final class EngineFailure {
  private static final String TRACE = "Traceback of TorchScript";

  private EngineFailure() {}

  static DecoderException explain(RuntimeException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("out of memory") || lower.contains("can't allocate memory")) {
      return new MemoryExhaustedException(e);
    }
    return new DecoderException("The inference engine failed: " + reason(message), e);
  }

  /**
   * Of an operation that failed the engine tells first where the program was, and last why. All
   * else begins with the reason; that of a program which does not compile is followed by its place.
   */
  private static String reason(String message) {
    List<String> lines =
        message.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty()) {
      return "no reason";
    }
    if (message.contains(TRACE)) {
      return lines.get(lines.size() - 1);
    }
    boolean placed = lines.size() > 1 && lines.get(1).startsWith("File ");
    return placed ? lines.get(0) + " " + lines.get(1) : lines.get(0);
  }
}
