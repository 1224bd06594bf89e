package dev.palimpsest.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
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
      GgufArchitecture architecture = architecture(file);
      ModelConfig config = GgufConfig.of(file, architecture);
      return new GgufCheckpoint(path, file, config, tensors(file, architecture, config));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static GgufArchitecture architecture(GgufFile file) {
    String id = file.metadata().text("general.architecture");
    return GgufArchitecture.of(id)
        .orElseThrow(
            () ->
                new CheckpointException(
                    file.name(),
                    "has architecture %s, which is not read from GGUF; convert it to safetensors"
                        .formatted(Shown.text(id))));
  }

  private static TensorStore tensors(
      GgufFile file, GgufArchitecture architecture, ModelConfig config) {
    List<StoredTensor> tensors = new ArrayList<>();
    for (GgufFile.Entry entry : file.entries()) {
      if (!entry.info().name().equals(GgufNames.ROPE_FACTORS)) {
        tensors.add(tensor(file, entry, order(entry.info(), architecture, config)));
      }
    }
    return new FileTensors(file.name(), tensors);
  }

  private static StoredTensor tensor(GgufFile file, GgufFile.Entry entry, RowOrder order) {
    TensorInfo stored = entry.info();
    String name =
        GgufNames.huggingFace(stored.name())
            .orElseThrow(
                () ->
                    new CheckpointException(
                        file.name(), "has tensor " + stored.name() + ", which is not supported"));
    TensorInfo info = new TensorInfo(name, stored.type(), stored.shape(), stored.byteLength());
    return new StoredTensor(file.file(), entry.offset(), info, order);
  }

  private static RowOrder order(
      TensorInfo info, GgufArchitecture architecture, ModelConfig config) {
    String name = info.name();
    boolean rotated = name.contains(".attn_q.") || name.contains(".attn_k.");
    if (!architecture.interleaved() || !rotated) {
      return RowOrder.AS_STORED;
    }
    int headDim = config.positiveInt("head_dim");
    if (headDim % 2 != 0 || info.shape()[0] % headDim != 0) {
      throw new CheckpointException(
          config.file(),
          "tensor %s has %d rows, expected a multiple of an even head size, not %d"
              .formatted(name, info.shape()[0], headDim));
    }
    return new RowOrder(headDim);
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
    return new GenerationConfig(endings, ids.bosTokenId(), ids.padTokenId());
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
