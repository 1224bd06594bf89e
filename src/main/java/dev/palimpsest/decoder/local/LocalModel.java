package dev.palimpsest.decoder.local;

import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.decoder.family.Blueprint;
import dev.palimpsest.decoder.family.RopeFrequencies;
import dev.palimpsest.decoder.family.RopeSettings;
import dev.palimpsest.decoder.family.WeightName;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.NativeEngine;
import dev.palimpsest.decoder.kernel.Rearrangement;
import dev.palimpsest.decoder.kernel.Staging;
import dev.palimpsest.decoder.kernel.Weight;
import dev.palimpsest.decoder.packing.Roster;
import dev.palimpsest.decoder.weights.AdapterLoader;
import dev.palimpsest.decoder.weights.CheckpointSource;
import dev.palimpsest.decoder.weights.LoadedAdapter;
import dev.palimpsest.decoder.weights.WeightLoader;
import dev.palimpsest.inference.AdapterAtScale;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.ModelSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** A base and its adapters in native memory; adapters are switched without touching the base. */
final class LocalModel implements AutoCloseable {
  private final Blueprint blueprint;
  private final Kernel kernel;
  private final Map<WeightName, Weight> weights;
  private final Map<String, Weight> ropes;
  private final Model base;
  private final Map<String, LoadedAdapter> adapters = new LinkedHashMap<>();

  /** What was asked for so far: adapters, and adapters at a scale. */
  private final Map<AdapterAtScale, Model> models = new HashMap<>();

  /** What {@link #models} were made of. */
  private final Map<AdapterAtScale, LoadedAdapter> loaded = new HashMap<>();

  private List<String> jointNames = List.of();
  private Map<String, Weight> jointFactors = Map.of();
  private Optional<Model> joint = Optional.empty();

  private final AdapterLoader loader;

  private final String stored;
  private List<String> warnings = List.of();

  private LocalModel(
      Blueprint blueprint,
      Kernel kernel,
      CheckpointSource source,
      Map<WeightName, Weight> weights) {
    this.stored = source.storedTypes();
    this.loader = new AdapterLoader(kernel, blueprint, source, weights);
    this.blueprint = blueprint;
    this.kernel = kernel;
    this.weights = weights;
    this.ropes = ropes(kernel, blueprint);
    this.base = kernel.assemble(named(weights), false);
  }

  /** Returns what compiles a model's kernel in the way that is fastest on this machine. */
  static Function<Blueprint, Kernel> fastest(DType dtype) {
    return blueprint -> Kernel.compile(blueprint.attributes(), dtype);
  }

  /** Loads a base and then its adapters. */
  static LocalModel load(Checkpoint checkpoint, ModelSpec spec) {
    return load(checkpoint, spec, fastest(spec.dtype()));
  }

  static LocalModel load(
      Checkpoint checkpoint, ModelSpec spec, Function<Blueprint, Kernel> compiler) {
    Blueprint blueprint = BlueprintReader.read(checkpoint);
    LocalModel model = loadBase(checkpoint, blueprint, compiler.apply(blueprint));
    try {
      List<String> warnings = new ArrayList<>();
      checkpoint.notes().forEach(note -> warnings.add(checkpoint.name() + " " + note + "."));
      warnings.addAll(AdapterFolders.load(spec.adapters(), model, checkpoint));
      model.warnings = warnings;
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static LocalModel loadBase(Checkpoint checkpoint, Blueprint blueprint, Kernel kernel) {
    try {
      CheckpointSource source =
          new CheckpointSource(checkpoint.name(), checkpoint.tensors(), blueprint);
      return new LocalModel(blueprint, kernel, source, weights(kernel, blueprint, source));
    } catch (RuntimeException e) {
      kernel.close();
      throw e;
    }
  }

  private static Map<WeightName, Weight> weights(
      Kernel kernel, Blueprint blueprint, CheckpointSource source) {
    try (WeightLoader loader = new WeightLoader(kernel, source, blueprint.sizes())) {
      return NativeEngine.loading(() -> loader.load(blueprint.slots()));
    }
  }

  private static Map<String, Weight> ropes(Kernel kernel, Blueprint blueprint) {
    Map<String, Weight> ropes = new LinkedHashMap<>();
    for (RopeSettings rope : blueprint.ropes()) {
      float[] inverse = RopeFrequencies.of(rope, kernel::powers);
      Weight weight = kernel.allocate(rope.shape(), false);
      try (Staging staging = kernel.staging(inverse.length)) {
        staging.room(inverse.length).put(inverse);
        staging.placeInto(weight, 0, Rearrangement.whole(inverse.length, 1, 0, 1), 0);
      }
      ropes.put("ropes." + ropes.size(), weight);
    }
    return ropes;
  }

  /** Returns weights and inverse frequencies by the names that they have in the kernel. */
  private Map<String, Weight> named(Map<WeightName, Weight> all) {
    Map<String, Weight> tensors = new HashMap<>(ropes);
    all.forEach((name, weight) -> tensors.put(name.path(), weight));
    return tensors;
  }

  /** Loads an adapter that fits the base under a name. */
  void add(String name, Adapter adapter) {
    adapters.put(name, loader.load(adapter));
  }

  Blueprint blueprint() {
    return blueprint;
  }

  Kernel kernel() {
    return kernel;
  }

  /** Returns the tensors of the base, or of the base with an adapter, maybe at a scale. */
  Model with(Optional<String> adapter) {
    return adapter
        .map(AdapterAtScale::parse)
        .map(asked -> models.computeIfAbsent(asked, this::model))
        .orElse(base);
  }

  private Model model(AdapterAtScale asked) {
    LoadedAdapter adapter = adapter(asked);
    LoadedAdapter scaled = asked.scale() == 1 ? adapter : loader.scaled(adapter, asked.scale());
    loaded.put(asked, scaled);
    Map<String, Weight> tensors = named(scaled.weights());
    tensors.putAll(scaled.factors());
    return kernel.assemble(tensors, true);
  }

  /**
   * Returns which model each of some requests is for.
   *
   * @param adapters for each request its adapter; if there are several, all {@link #mixes mix}
   */
  Roster roster(List<Optional<String>> adapters) {
    List<Optional<String>> distinct =
        adapters.stream()
            .distinct()
            .sorted(Comparator.comparing(adapter -> adapter.orElse("")))
            .toList();
    if (distinct.size() == 1) {
      return Roster.of(with(distinct.get(0)), adapters.size());
    }
    List<String> names = distinct.stream().flatMap(Optional::stream).toList();
    int[] chosen = adapters.stream().mapToInt(distinct::indexOf).toArray();
    List<Model> each = distinct.stream().map(this::with).toList();
    return new Roster(each, chosen, together(names), names.size());
  }

  /** Tells whether an adapter's tokens can go through the base beside those of others. */
  boolean mixes(Optional<String> adapter) {
    with(adapter);
    return adapter
        .map(name -> loaded.get(AdapterAtScale.parse(name)).onlyAddsTo(weights))
        .orElse(true);
  }

  /**
   * Returns the base with several adapters side by side, all of which {@link #mixes mix}; which of
   * them a token takes is still to be said.
   */
  private Model together(List<String> adapters) {
    if (!adapters.equals(jointNames)) {
      closeJoint();
      List<LoadedAdapter> members =
          adapters.stream().map(name -> loaded.get(AdapterAtScale.parse(name))).toList();
      jointFactors = loader.together(members);
      Map<String, Weight> tensors = named(weights);
      tensors.putAll(jointFactors);
      joint = Optional.of(kernel.assemble(tensors, true));
      jointNames = List.copyOf(adapters);
    }
    return joint.orElseThrow();
  }

  private void closeJoint() {
    jointNames = List.of();
    joint.ifPresent(Model::close);
    joint = Optional.empty();
    jointFactors.values().forEach(Weight::close);
    jointFactors = Map.of();
  }

  private LoadedAdapter adapter(AdapterAtScale asked) {
    LoadedAdapter adapter = adapters.get(asked.name());
    if (adapter == null) {
      throw new DecoderException(
          "There is no adapter \"%s\"; loaded are: %s."
              .formatted(asked.name(), String.join(", ", new TreeSet<>(adapters.keySet()))));
    }
    return adapter;
  }

  /** Returns the number of tokens, of which an adapter may bring more. */
  int vocabulary(Optional<String> adapter) {
    return adapter
        .map(
            name ->
                adapter(AdapterAtScale.parse(name)).weights().get(WeightName.EMBEDDING).shape()[0])
        .map(Long::intValue)
        .orElse(blueprint.sizes().vocabulary());
  }

  /** Returns what should be known of the weights before a run, in whole sentences. */
  List<String> warnings() {
    return warnings;
  }

  /** Returns how the base's weights are stored, most of them first. */
  String stored() {
    return stored;
  }

  /** Returns the number of the base's weights; a shared tensor counts once. */
  long parameters() {
    return weights.values().stream().distinct().mapToLong(Weight::elements).sum();
  }

  @Override
  public void close() {
    closeJoint();
    models.values().forEach(Model::close);
    base.close();
    kernel.close();
  }
}
