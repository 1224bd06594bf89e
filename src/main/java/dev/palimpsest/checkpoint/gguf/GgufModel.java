package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.tensor.TensorStore;

/**
 * The model in a GGUF file, in Hugging Face vocabulary.
 *
 * @param config the fields that config.json would have
 * @param tensors the weights; they are read from the file, which must stay open
 */
public record GgufModel(ModelConfig config, TensorStore tensors) {
  /**
   * Finds the model in an open file.
   *
   * @throws CheckpointException if the architecture is not known, or the file is not as it should
   *     be for it
   */
  public static GgufModel of(GgufFile file) {
    GgufKeys keys = new GgufKeys(file);
    GgufArchitecture architecture = GgufArchitectures.of(file, keys);
    ModelConfig config = GgufConfig.of(file, architecture, keys);
    return new GgufModel(config, GgufTensors.of(file, architecture, config));
  }
}
