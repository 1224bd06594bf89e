package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.decoder.family.Arrangement;
import dev.palimpsest.decoder.family.Blueprint;
import dev.palimpsest.decoder.family.LinearSite;
import dev.palimpsest.decoder.family.TensorSlot;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Staging;
import dev.palimpsest.decoder.kernel.Turn;
import dev.palimpsest.decoder.kernel.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads a PEFT LoRA adapter beside a base that is already loaded.
 *
 * <p>The adapter's modules are taken by their names, so that a module without a place in the base
 * is refused and not left out silently.
 */
public final class AdapterLoader {
  private static final int EMBEDDING = 0;
  private static final int HEAD = 4;

  private final Kernel kernel;
  private final Blueprint blueprint;
  private final TensorSource base;
  private final List<Weight> baseWeights;
  private final OutputScales outputScales;

  /** Creates a loader for adapters of the given base. */
  public AdapterLoader(
      Kernel kernel, Blueprint blueprint, TensorSource base, List<Weight> baseWeights) {
    this.kernel = kernel;
    this.blueprint = blueprint;
    this.base = base;
    this.baseWeights = baseWeights;
    this.outputScales = new OutputScales(kernel, blueprint.sizes());
  }

  /**
   * Loads one adapter, which should have been checked against the base.
   *
   * @throws CheckpointException if one of its modules has no place
   */
  public LoadedAdapter load(Adapter adapter) {
    List<Weight> replaced =
        replaced(new OverlaidSource(base, adapter, site(EMBEDDING).modules().get(0) + ".weight"));
    LoraModules modules = modules(adapter);
    List<Weight> factors = new ArrayList<>();
    List<float[]> magnitudes = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (LinearSite usual : blueprint.sites()) {
      LinearSite site = sized(usual, replaced.get(usual.weight()));
      List<LoraFactors> parts = modules.take(site);
      float[] learned = outputScales.magnitudes(site, parts);
      factors.addAll(factors(site, parts, learned, replaced.get(site.weight())));
      magnitudes.add(learned);
      biases.add(outputScales.biases(site, parts));
    }
    modules.requireAllTaken();
    List<Weight> weights = raised(replaced, biases, 1);
    return new LoadedAdapter(replaced, biases, magnitudes, weights, factors);
  }

  private LoraModules modules(Adapter adapter) {
    LoraModules modules = LoraModules.of(adapter, base, blueprint.sizes().headSize());
    if (adapter.config().tiesWeights() && blueprint.isTied()) {
      modules.tie(site(EMBEDDING).modules().get(0), site(HEAD).modules().get(0));
    }
    return modules;
  }

  /** Returns weights with what places add to their outputs, times a scale, in their biases. */
  private List<Weight> raised(List<Weight> weights, List<float[]> biases, double scale) {
    List<Weight> raised = new ArrayList<>(weights);
    List<LinearSite> sites = blueprint.sites();
    for (int i = 0; i < sites.size(); i++) {
      if (biases.get(i).length > 0) {
        LinearSite site = sites.get(i);
        int slot = blueprint.biasOf(site).orElseThrow(() -> unbiased(site));
        Weight bias = raised.get(slot).elements() > 0 ? raised.get(slot) : zeros(site, raised);
        raised.set(slot, kernel.raised(bias, site.row(), biases.get(i), scale));
      }
    }
    return raised;
  }

  private Weight zeros(LinearSite site, List<Weight> weights) {
    int height = Math.toIntExact(weights.get(site.weight()).shape()[0]);
    return weight(new float[height], height, 0, site.narrow(), Arrangement.PLAIN);
  }

  private CheckpointException unbiased(LinearSite site) {
    return new CheckpointException(
        base.name(),
        "takes no bias at %s, where the adapter has one (lora_bias); merge it into its base instead."
            .formatted(site.modules().get(0)));
  }

  /**
   * Returns a loaded adapter as if its alpha were multiplied; what it replaces stays.
   *
   * @param scale 1 for no change, 0 for none of its products
   */
  public LoadedAdapter scaled(LoadedAdapter adapter, double scale) {
    List<Weight> factors = new ArrayList<>();
    List<LinearSite> sites = blueprint.sites();
    for (int i = 0; i < sites.size(); i++) {
      Weight down = adapter.factors().get(3 * i);
      Weight up = kernel.times(adapter.factors().get(3 * i + 1), scale);
      Weight weight = adapter.weights().get(sites.get(i).weight());
      LinearSite site = sized(sites.get(i), weight);
      factors.addAll(
          List.of(down, up, output(site, adapter.magnitudes().get(i), weight, down, up)));
    }
    List<Weight> weights = raised(adapter.replaced(), adapter.biases(), scale);
    return new LoadedAdapter(
        adapter.replaced(), adapter.biases(), adapter.magnitudes(), weights, factors);
  }

  /**
   * Returns the products of several adapters side by side, three tensors per place, none of which
   * replaces anything or scales outputs.
   */
  public List<Weight> together(List<LoadedAdapter> adapters) {
    List<Weight> joint = new ArrayList<>();
    List<LinearSite> sites = blueprint.sites();
    for (int i = 0; i < sites.size(); i++) {
      int place = 3 * i;
      List<Weight> downs = adapters.stream().map(a -> a.factors().get(place)).toList();
      List<Weight> ups = adapters.stream().map(a -> a.factors().get(place + 1)).toList();
      joint.addAll(beside(sites.get(i), downs, ups));
    }
    return joint;
  }

  private List<Weight> beside(LinearSite site, List<Weight> downs, List<Weight> ups) {
    long rank =
        ups.stream().filter(up -> up.elements() > 0).mapToLong(AdapterLoader::rank).max().orElse(0);
    if (rank == 0) {
      return List.of(absent(), absent(), absent());
    }
    boolean narrow = site.narrow() && !site.embedding();
    int across = site.embedding() ? 1 : 0;
    return List.of(
        kernel.beside(present(downs, across, narrow), across, rank),
        kernel.beside(present(ups, 1, narrow), 1, rank),
        absent());
  }

  private static long rank(Weight up) {
    return up.shape()[1];
  }

  /** Puts matrices of no width for absent ones. */
  private List<Weight> present(List<Weight> weights, int dimension, boolean narrow) {
    long[] shape = weights.stream().filter(w -> w.elements() > 0).findFirst().orElseThrow().shape();
    shape[dimension] = 0;
    return weights.stream()
        .map(w -> w.elements() > 0 ? w : kernel.allocate(shape, narrow))
        .toList();
  }

  private List<Weight> replaced(OverlaidSource source) {
    List<TensorSlot> slots = blueprint.slots();
    List<Weight> weights = new ArrayList<>(baseWeights);
    Map<TensorSlot, Weight> loaded = new HashMap<>();
    try (WeightLoader loader = new WeightLoader(kernel, source, blueprint.sizes())) {
      for (int i = 0; i < slots.size(); i++) {
        TensorSlot slot = i == EMBEDDING || i == HEAD ? own(i, slots.get(i), source) : slots.get(i);
        if (slot.names().stream().anyMatch(source::replaces)) {
          loader.check(slot);
          weights.set(i, loaded.computeIfAbsent(slot, loader::load));
        }
      }
    }
    checkVocabulary(source, weights);
    return weights;
  }

  /**
   * A head that shares the embedding's tensor is replaced under its own name, or follows an
   * embedding that is overwritten, of another size or with other rows; both are as long as they are
   * in the adapter.
   */
  private TensorSlot own(int index, TensorSlot slot, OverlaidSource source) {
    String table = site(EMBEDDING).modules().get(0) + ".weight";
    String name = index == EMBEDDING ? table : site(HEAD).modules().get(0) + ".weight";
    if (index == HEAD && blueprint.isTied() && !source.replaces(name) && source.replaces(table)) {
      boolean other = source.shape(table)[0] != slot.shape()[0];
      boolean follows = other || source.patches(table) || source.overwrites(table);
      name = follows ? table : name;
    }
    return source.replaces(name) ? slot.of(name, (int) source.shape(name)[0]) : slot.of(name);
  }

  private static void checkVocabulary(OverlaidSource source, List<Weight> weights) {
    long tokens = weights.get(EMBEDDING).shape()[0];
    long scored = weights.get(HEAD).shape()[0];
    if (tokens != scored) {
      throw new CheckpointException(
          source.name(),
          "has %d tokens in its embedding but %d in its head; save it again with both."
              .formatted(tokens, scored));
    }
  }

  /** Returns the place of the embedding or of the head. */
  private LinearSite site(int slot) {
    return blueprint.sites().get(slot == EMBEDDING ? 0 : 1);
  }

  /** An adapter may bring another number of tokens. */
  private static LinearSite sized(LinearSite site, Weight weight) {
    return site.weight() > HEAD ? site : site.sized(Math.toIntExact(weight.shape()[0]));
  }

  private List<Weight> factors(
      LinearSite site, List<LoraFactors> modules, float[] magnitudes, Weight weight) {
    if (modules.stream().allMatch(m -> m.rank() == 0)) {
      return List.of(absent(), absent(), absent());
    }
    List<Weight> products = site.embedding() ? table(site, modules.get(0)) : linear(site, modules);
    Weight down = products.get(0);
    Weight up = products.get(1);
    return List.of(down, up, output(site, magnitudes, weight, down, up));
  }

  private Weight output(
      LinearSite site, float[] magnitudes, Weight weight, Weight down, Weight up) {
    if (magnitudes.length == 0) {
      return absent();
    }
    float[] scales = outputScales.scales(site, magnitudes, weight, down, up);
    boolean narrow = site.narrow() && !site.embedding();
    return weight(scales, scales.length, 0, narrow, Arrangement.PLAIN);
  }

  private List<Weight> table(LinearSite site, LoraFactors module) {
    Weight down =
        weight(module.down(), site.rows().get(0), module.rank(), false, Arrangement.PLAIN);
    Weight up = weight(module.up(), site.columns(), module.rank(), false, Arrangement.PLAIN);
    return List.of(down, up);
  }

  private List<Weight> linear(LinearSite site, List<LoraFactors> modules) {
    FusedLora fused = FusedLora.of(site, modules);
    int height = site.height();
    Arrangement upArrangement =
        site.arrangement() == Arrangement.HEAD_BY_HEAD ? site.arrangement() : Arrangement.PLAIN;
    Weight down =
        weight(fused.down(), fused.rank(), site.columns(), site.narrow(), Arrangement.PLAIN);
    Weight up = weight(fused.up(), height, fused.rank(), site.narrow(), upArrangement);
    return List.of(down, up);
  }

  private Weight absent() {
    return kernel.allocate(new long[] {0}, false);
  }

  private Weight weight(
      float[] values, int rows, int columns, boolean narrow, Arrangement arrangement) {
    Weight weight =
        kernel.allocate(columns == 0 ? new long[] {rows} : new long[] {rows, columns}, narrow);
    try (Staging staging = kernel.staging(values.length)) {
      staging.room(values.length).put(values);
      for (Turn turn : Turns.of(arrangement, rows, Math.max(1, columns), blueprint.sizes(), 0)) {
        staging.placeInto(weight, 0, turn, 0);
      }
    }
    return weight;
  }
}
