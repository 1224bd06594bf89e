package dev.palimpsest.registry;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files belong to a checkpoint: an allow-list. Everything else is left out and stays where it
 * is.
 */
final class FileTypes {
  private static final Set<String> NAMES =
      Set.of(
          "tokenizer.model",
          "merges.txt",
          "vocab.txt",
          "license",
          "license.txt",
          "notice",
          "model.sig",
          "readme");
  private static final List<String> WEIGHTS = List.of(".safetensors", ".gguf");
  private static final List<String> TEXTS = List.of(".json", ".jinja", ".md", ".gguf.sig");
  private static final Pattern HIDDEN = Pattern.compile("\\..*");
  private static final Pattern LEFT_OUT_FOLDER =
      Pattern.compile("\\..*|__pycache__|__macosx|runs|logs");

  private FileTypes() {}

  /** Tells whether a file belongs to a checkpoint. */
  static boolean isKept(String path) {
    String[] parts = path.toLowerCase(Locale.ROOT).split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      if (LEFT_OUT_FOLDER.matcher(parts[i]).matches()) {
        return false;
      }
    }
    String name = parts[parts.length - 1];
    return !HIDDEN.matcher(name).matches()
        && (NAMES.contains(name) || hasEnding(name, TEXTS) || hasEnding(name, WEIGHTS));
  }

  /** Tells whether a file holds weights that can be read. */
  static boolean isWeights(String path) {
    return isKept(path) && hasEnding(path.toLowerCase(Locale.ROOT), WEIGHTS);
  }

  private static boolean hasEnding(String name, List<String> endings) {
    return endings.stream().anyMatch(name::endsWith);
  }
}
