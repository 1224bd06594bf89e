package dev.palimpsest.checkpoint.registry;

import dev.palimpsest.checkpoint.CheckpointException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files belong to a checkpoint: an allow-list; what trainers leave behind is left out. */
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
  private static final List<String> ENDINGS =
      List.of(".safetensors", ".safetensors.index.json", ".gguf", ".json", ".jinja", ".md");
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "(\\.ds_store|thumbs\\.db|desktop\\.ini|\\.gitattributes|\\.gitignore|\\._.*"
              + "|optimizer\\.(pt|bin)|scheduler\\.pt|scaler\\.pt|rng_state.*\\.pth"
              + "|training_args\\.bin|events\\.out\\.tfevents.*|sha256sums.*)");
  private static final Pattern LEFT_OUT_FOLDER =
      Pattern.compile("\\.git|\\.cache|__pycache__|__macosx|\\.ipynb_checkpoints|runs");
  private static final Pattern PICKLE =
      Pattern.compile(".*\\.(bin|pt|pth|ckpt|pkl|pickle|joblib|npy|npz|h5|keras)");
  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(zip|tar|gz|tgz|7z|rar|xz|zst)");

  private FileTypes() {}

  /** Tells whether a file is noise of a system or left-over of a training run. */
  static boolean isLeftOut(String path) {
    String[] parts = path.toLowerCase(Locale.ROOT).split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      if (LEFT_OUT_FOLDER.matcher(parts[i]).matches()) {
        return true;
      }
    }
    return LEFT_OUT.matcher(parts[parts.length - 1]).matches();
  }

  /** Fails unless the file is of a type that a checkpoint is made of. */
  static void check(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (NAMES.contains(name) || ENDINGS.stream().anyMatch(name::endsWith)) {
      return;
    }
    throw new CheckpointException(FileNames.printable(path), reason(name));
  }

  private static String reason(String name) {
    if (PICKLE.matcher(name).matches()) {
      return "This format can run code when it is opened, so it is never read; save the weights as"
          + " safetensors and leave this file out.";
    }
    if (ARCHIVE.matcher(name).matches()) {
      return "Archives are not unpacked here; unpack it and give the folder.";
    }
    return "Files of this type do not belong to a checkpoint; leave it out.";
  }
}
