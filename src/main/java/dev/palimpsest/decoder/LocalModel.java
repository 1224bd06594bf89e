package dev.palimpsest.decoder;

import dev.palimpsest.checkpoint.Checkpoint;
import dev.palimpsest.decoder.family.Blueprint;
import dev.palimpsest.decoder.family.RopeFrequencies;
import dev.palimpsest.decoder.family.RopeSettings;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.Staging;
import dev.palimpsest.decoder.kernel.Tensors;
import dev.palimpsest.decoder.kernel.Turn;
import dev.palimpsest.decoder.kernel.Weight;
import dev.palimpsest.decoder.weights.CheckpointSource;
import dev.palimpsest.decoder.weights.WeightLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A base and its adapters in native memory; adapters are switched without touching the base. */
final class LocalModel implements AutoCloseable {
  private final Blueprint blueprint;
  private final Kernel kernel;
  private final List<Weight> weights;
  private final Model base;
  private final Map<String, Model> adapters = new LinkedHashMap<>();

  private LocalModel(Blueprint blueprint, Kernel kernel, List<Weight> weights) {
    this.blueprint = blueprint;
    this.kernel = kernel;
    this.weights = weights;
    this.base = new Model(kernel.list(weights), kernel.nothing(), ropes(kernel, blueprint));
  }

  /** Loads a base and then its adapters. */
  static LocalModel load(Checkpoint checkpoint, ModelSpec spec) {
    Blueprint blueprint = Untied.describe(checkpoint);
    Kernel kernel = Kernel.compile(blueprint.attributes(), spec.dtype());
    try {
      CheckpointSource source =
          new CheckpointSource(checkpoint.name(), checkpoint.tensors(), blueprint.basePrefix());
      LocalModel model = new LocalModel(blueprint, kernel, weights(kernel, blueprint, source));
      AdapterFolders.load(spec.adapters(), model, checkpoint, source);
      return model;
    } catch (RuntimeException e) {
      kernel.close();
      throw e;
    }
  }

  private static List<Weight> weights(Kernel kernel, Blueprint blueprint, CheckpointSource source) {
    try (WeightLoader loader = new WeightLoader(kernel, source, blueprint.sizes())) {
      return loader.load(blueprint.slots());
    }
  }

  private static Tensors ropes(Kernel kernel, Blueprint blueprint) {
    List<Weight> ropes = new ArrayList<>();
    for (RopeSettings rope : blueprint.ropes()) {
      float[] inverse = RopeFrequencies.of(rope, kernel::powers);
      Weight weight = kernel.allocate(rope.shape(), false);
      try (Staging staging = kernel.staging(inverse.length)) {
        staging.room(inverse.length).put(inverse);
        staging.placeInto(weight, 0, Turn.whole(inverse.length, 1, 0, 1), 0);
      }
      ropes.add(weight);
    }
    return kernel.list(ropes);
  }

  /** Adds an adapter under a name. */
  void add(String name, List<Weight> replaced, List<Weight> factors) {
    adapters.put(name, new Model(kernel.list(replaced), kernel.list(factors), base.rope()));
  }

  Blueprint blueprint() {
    return blueprint;
  }

  Kernel kernel() {
    return kernel;
  }

  List<Weight> weights() {
    return weights;
  }

  /** Returns the tensors of the base, or of the base with an adapter. */
  Model with(Optional<String> adapter) {
    if (adapter.isEmpty()) {
      return base;
    }
    Model model = adapters.get(adapter.get());
    if (model == null) {
      throw new DecoderException(
          "There is no adapter \"%s\"; loaded are: %s."
              .formatted(adapter.get(), String.join(", ", new TreeSet<>(adapters.keySet()))));
    }
    return model;
  }

  /** Returns the number of the base's weights; a shared tensor counts once. */
  long parameters() {
    return weights.stream().distinct().mapToLong(Weight::elements).sum();
  }

  @Override
  public void close() {
    kernel.close();
  }
}
