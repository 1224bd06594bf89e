package dev.palimpsest.checkpoint.model;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.GenerationConfig;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.file.Path;
import java.util.List;

/**
 * A language model on disk, opened and checked: its configuration and its tensors.
 *
 * <p>Whatever the format, configuration and tensor names are in Hugging Face vocabulary. Close it
 * when the weights are loaded.
 */
public sealed interface Checkpoint extends AutoCloseable
    permits HuggingFaceCheckpoint, GgufCheckpoint {
  /**
   * Opens a checkpoint.
   *
   * @param path a folder with config.json and safetensors files, a .gguf file, or a folder that
   *     holds just one .gguf file
   * @throws CheckpointException if there is none or it is broken, with one sentence that says why
   */
  static Checkpoint open(Path path) {
    CheckpointLocation location = CheckpointLocation.of(path);
    return switch (location.kind()) {
      case HUGGING_FACE -> HuggingFaceCheckpoint.open(location.path());
      case GGUF -> GgufCheckpoint.open(location.path());
      case ADAPTER ->
          throw new CheckpointException(
              location.name(), "is an adapter; open it together with the base it was made for");
    };
  }

  /** Returns the name of the file or folder. */
  String name();

  /** Returns the folder, or the GGUF file. */
  Path path();

  /** Returns the configuration in the vocabulary of config.json. */
  ModelConfig config();

  /** Returns the ids that begin and end texts. */
  GenerationConfig generationConfig();

  /** Returns the weights. */
  TensorStore tensors();

  /** Returns what is odd about the weights, in sentences that follow the checkpoint's name. */
  default List<String> notes() {
    return List.of();
  }

  @Override
  void close();
}
