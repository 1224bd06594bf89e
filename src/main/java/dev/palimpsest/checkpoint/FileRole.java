package dev.palimpsest.checkpoint;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a file in a checkpoint folder is for, told by its name. */
public enum FileRole {
  /** Read by this program. */
  USED,
  /** Harmless beside a checkpoint; not read. */
  IGNORED,
  /** A pickle or another format that can run code when it is loaded; never opened. */
  EXECUTABLE,
  /** Program text; never run. */
  CODE,
  /** An archive; never unpacked here. */
  ARCHIVE;

  private static final Set<String> USED_NAMES =
      Set.of(
          "config.json",
          "generation_config.json",
          "model.safetensors.index.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "tokenizer.model",
          "chat_template.jinja",
          "adapter_config.json");

  private static final List<String> EXECUTABLE_ENDINGS =
      List.of(
          ".bin",
          ".pt",
          ".pth",
          ".ckpt",
          ".pkl",
          ".pickle",
          ".joblib",
          ".npy",
          ".npz",
          ".h5",
          ".hdf5",
          ".keras",
          ".onnx",
          ".pb",
          ".mar",
          ".model.pt",
          ".tflite",
          ".msgpack");
  private static final List<String> CODE_ENDINGS =
      List.of(".py", ".pyc", ".so", ".dll", ".dylib", ".exe", ".sh", ".jar", ".class");
  private static final List<String> ARCHIVE_ENDINGS =
      List.of(".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".zst", ".rar");

  /** Returns the role of the file of that name, given without folders. */
  public static FileRole of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (USED_NAMES.contains(name) || endsWith(lower, List.of(".safetensors", ".gguf"))) {
      return USED;
    }
    if (endsWith(lower, EXECUTABLE_ENDINGS)) {
      return EXECUTABLE;
    }
    if (endsWith(lower, CODE_ENDINGS)) {
      return CODE;
    }
    return endsWith(lower, ARCHIVE_ENDINGS) ? ARCHIVE : IGNORED;
  }

  boolean isRefused() {
    return this == EXECUTABLE || this == CODE || this == ARCHIVE;
  }

  /** Returns why a file of this role cannot be a checkpoint, and what to do. */
  public String refusal() {
    return switch (this) {
      case EXECUTABLE ->
          "is in a format that can run code when it is loaded and is never opened;"
              + " convert it to safetensors with: "
              + Conversion.COMMAND;
      case CODE -> "is program text, which is never run; give a checkpoint that needs none";
      case ARCHIVE -> "is an archive, which is not unpacked here; unpack it and give the folder";
      case USED, IGNORED -> "is not refused";
    };
  }

  private static boolean endsWith(String name, List<String> endings) {
    return endings.stream().anyMatch(name::endsWith);
  }
}
