package dev.palimpsest.checkpoint.model;

import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.GenerationConfig;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.StrictJson;
import dev.palimpsest.checkpoint.quantised.Quantisation;
import dev.palimpsest.checkpoint.safetensors.NumberedShards;
import dev.palimpsest.checkpoint.safetensors.SafetensorsShards;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.checkpoint.tensor.WrapperNames;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder with config.json and the weights in one or more safetensors files. */
public final class HuggingFaceCheckpoint implements Checkpoint {
  private static final String GENERATION_CONFIG = "generation_config.json";
  private static final long MAX_CONFIG_BYTES = 16L << 20;

  private final Path path;
  private final ModelConfig config;
  private final GenerationConfig generationConfig;
  private final SafetensorsShards shards;
  private final TensorStore tensors;

  private HuggingFaceCheckpoint(
      Path path,
      ModelConfig config,
      GenerationConfig generation,
      SafetensorsShards shards,
      TensorStore tensors) {
    this.path = path;
    this.config = config;
    this.generationConfig = generation;
    this.shards = shards;
    this.tensors = tensors;
  }

  static HuggingFaceCheckpoint open(Path folder) {
    ModelConfig whole = readConfig(folder, CheckpointLocation.CONFIG);
    ModelConfig config = ofText(whole);
    GenerationConfig generation = generationConfig(folder, config);
    SafetensorsShards shards = SafetensorsShards.open(folder, Quantisation.of(config));
    try {
      TensorStore tensors =
          WrapperNames.without(CheckpointLocation.nameOf(folder), shards.tensors());
      return TextPart.isIn(whole)
          ? ofText(folder, config, generation, shards, tensors)
          : new HuggingFaceCheckpoint(folder, config, generation, shards, tensors);
    } catch (RuntimeException e) {
      shards.close();
      throw e;
    }
  }

  private static HuggingFaceCheckpoint ofText(
      Path folder,
      ModelConfig config,
      GenerationConfig generation,
      SafetensorsShards shards,
      TensorStore whole) {
    TensorStore tensors = TextPart.tensors(CheckpointLocation.nameOf(folder), whole);
    ModelConfig sized = TextPart.sized(config, tensors);
    return new HuggingFaceCheckpoint(folder, sized, generation, shards, tensors);
  }

  /**
   * Returns the configuration of a whole model's text part, or the same one where it has no other
   * parts.
   */
  public static ModelConfig ofText(ModelConfig whole) {
    return TextPart.isIn(whole) ? TextPart.config(whole) : whole;
  }

  /** Reads a configuration file of a folder by its name. */
  public static ModelConfig readConfig(Path folder, String name) {
    return new ModelConfig(name, StrictJson.object(folder.resolve(name), name, MAX_CONFIG_BYTES));
  }

  static GenerationConfig generationConfig(Path folder, ModelConfig config) {
    List<ModelConfig> sources = new ArrayList<>();
    if (Files.exists(folder.resolve(GENERATION_CONFIG), LinkOption.NOFOLLOW_LINKS)) {
      sources.add(readConfig(folder, GENERATION_CONFIG));
    }
    sources.add(config);
    return GenerationConfig.of(sources);
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
    return generationConfig;
  }

  @Override
  public TensorStore tensors() {
    return tensors;
  }

  @Override
  public List<String> notes() {
    return Stream.concat(
            NumberedShards.note(path).stream(),
            WrapperNames.noteOfModel(shards.tensors().names()).stream())
        .toList();
  }

  @Override
  public void close() {
    shards.close();
  }
}
