package dev.palimpsest.checkpoint.registry;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files belong to a checkpoint: an allow-list. Everything else is left out and stays where it
 * is; weights in a format that is never read are pointed out where there are no others.
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
          "readme");
  private static final List<String> WEIGHTS = List.of(".safetensors", ".gguf");
  private static final List<String> TEXTS = List.of(".json", ".jinja", ".md");
  private static final Pattern HIDDEN = Pattern.compile("\\..*");
  private static final Pattern LEFT_OUT_FOLDER =
      Pattern.compile("\\..*|__pycache__|__macosx|runs|logs");
  private static final Pattern PICKLE =
      Pattern.compile(".*\\.(bin|pt|pth|ckpt|pkl|pickle|joblib|npy|npz|h5|keras|onnx)");
  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(zip|tar|gz|tgz|7z|rar|xz|zst)");

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

  /** Returns why a file that may hold the weights is not read, if it may. */
  static Optional<String> whyNotRead(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (PICKLE.matcher(name).matches()) {
      return Optional.of(
          "This format can run code when it is opened, so it is never read; save the weights as"
              + " safetensors and choose the folder again.");
    }
    if (ARCHIVE.matcher(name).matches()) {
      return Optional.of("Archives are not unpacked here; unpack it and choose the folder.");
    }
    return Optional.empty();
  }

  private static boolean hasEnding(String name, List<String> endings) {
    return endings.stream().anyMatch(name::endsWith);
  }
}
