package dev.palimpsest.checkpoint.model;

import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.GenerationConfig;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.gguf.GgufFile;
import dev.palimpsest.checkpoint.gguf.GgufModel;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A model in llama.cpp's GGUF format, seen through Hugging Face names and row order. */
public final class GgufCheckpoint implements Checkpoint {
  private static final List<String> ENDINGS =
      List.of("tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id");

  private final Path path;
  private final GgufFile file;
  private final ModelConfig config;
  private final TensorStore tensors;

  private GgufCheckpoint(Path path, GgufFile file, ModelConfig config, TensorStore tensors) {
    this.path = path;
    this.file = file;
    this.config = config;
    this.tensors = tensors;
  }

  static GgufCheckpoint open(Path path) {
    GgufFile file = GgufFile.open(path);
    try {
      GgufModel model = GgufModel.of(file);
      return new GgufCheckpoint(path, file, model.config(), model.tensors());
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Returns the file with its metadata. */
  public GgufFile file() {
    return file;
  }

  @Override
  public String name() {
    return CheckpointLocation.nameOf(path);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public ModelConfig config() {
    return config;
  }

  @Override
  public GenerationConfig generationConfig() {
    GenerationConfig ids = GenerationConfig.of(List.of(config));
    List<Integer> endings =
        ENDINGS.stream()
            .flatMap(
                key ->
                    file.metadata().has(key)
                        ? Stream.of(file.metadata().naturalInt(key))
                        : Stream.empty())
            .distinct()
            .toList();
    return new GenerationConfig(endings, ids.bosTokenId(), ids.padTokenId(), 1);
  }

  @Override
  public TensorStore tensors() {
    return tensors;
  }

  @Override
  public void close() {
    file.close();
  }
}
