package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.decoder.family.Arrangement;
import dev.palimpsest.decoder.family.Blueprint;
import dev.palimpsest.decoder.family.LinearSite;
import dev.palimpsest.decoder.family.TensorSlot;
import dev.palimpsest.decoder.family.WeightName;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Rearrangement;
import dev.palimpsest.decoder.kernel.Staging;
import dev.palimpsest.decoder.kernel.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Loads a LoRA adapter beside a base that is already loaded.
 *
 * <p>The adapter's modules are taken by their names, so that a module without a place in the base
 * is refused and not left out silently.
 */
public final class AdapterLoader {
  private final Kernel kernel;
  private final Blueprint blueprint;
  private final TensorSource base;
  private final Map<WeightName, Weight> baseWeights;
  private final OutputScales outputScales;

  /** Creates a loader for adapters of the given base. */
  public AdapterLoader(
      Kernel kernel, Blueprint blueprint, TensorSource base, Map<WeightName, Weight> baseWeights) {
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
    Map<WeightName, Weight> replaced =
        replaced(new OverlaidSource(base, adapter, module(WeightName.EMBEDDING) + ".weight"));
    LoraModules modules = modules(adapter);
    List<AdaptedSite> sites = new ArrayList<>();
    try (StartingProducts starts = new StartingProducts(kernel, adapter, base, blueprint.sizes())) {
      for (LinearSite usual : blueprint.sites()) {
        Weight weight = replaced.get(usual.weight());
        LinearSite site = sized(usual, weight);
        sites.add(adapted(site, weight, modules.take(site), starts.of(site)));
      }
    }
    modules.requireAllTaken();
    return new LoadedAdapter(replaced, withBiases(replaced, sites, 1), sites);
  }

  /**
   * Returns what is done at one place. Where something is taken off the base's weight, that is most
   * of the weight and is added again by the adapter, so that both are held in float32.
   */
  private AdaptedSite adapted(
      LinearSite site, Weight weight, List<LoraFactors> parts, List<LoraFactors> starts) {
    boolean narrow = site.narrow() && starts.isEmpty();
    float[] magnitude = outputScales.magnitudes(site, parts);
    float[] bias = outputScales.biases(site, parts);
    Factors products = products(site, parts, narrow);
    Factors start =
        starts.isEmpty() ? Factors.NONE : linear(site, starts, false, Arrangement.PLAIN);
    Factors factors = joined(site, magnitude, weight, products, start);
    return new AdaptedSite(site, bias, magnitude, products, start, factors);
  }

  private LoraModules modules(Adapter adapter) {
    LoraModules modules = LoraModules.of(adapter, base, blueprint.sizes().headSize());
    if (adapter.config().tiesWeights() && blueprint.isTied()) {
      modules.tie(module(WeightName.EMBEDDING), module(WeightName.HEAD));
    }
    return modules;
  }

  /** Returns weights with what places add to their outputs, times a scale, in their biases. */
  private Map<WeightName, Weight> withBiases(
      Map<WeightName, Weight> weights, List<AdaptedSite> sites, double scale) {
    Map<WeightName, Weight> all = new HashMap<>(weights);
    for (AdaptedSite place : sites) {
      if (place.bias().length > 0) {
        LinearSite site = place.site();
        WeightName name = site.weight().toBias().orElseThrow(() -> unbiased(site));
        Weight bias = all.containsKey(name) ? all.get(name) : zeros(site, weights);
        all.put(name, kernel.addedInto(bias, site.row(), place.bias(), scale));
      }
    }
    return all;
  }

  private Weight zeros(LinearSite site, Map<WeightName, Weight> weights) {
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
   * Returns a loaded adapter as if its alpha were multiplied; what it replaces stays, and what is
   * taken off the base's weights stays off, as in PEFT.
   *
   * @param scale 1 for no change, 0 for none of its products
   */
  public LoadedAdapter scaled(LoadedAdapter adapter, double scale) {
    List<AdaptedSite> sites = new ArrayList<>();
    for (AdaptedSite place : adapter.sites()) {
      Weight weight = adapter.weights().get(place.site().weight());
      Factors own = place.products().times(kernel, scale);
      sites.add(place.with(joined(place.site(), place.magnitude(), weight, own, place.start())));
    }
    Map<WeightName, Weight> weights = withBiases(adapter.replaced(), sites, scale);
    return new LoadedAdapter(adapter.replaced(), weights, sites);
  }

  /**
   * Returns the products of several adapters side by side, none of which replaces anything or
   * scales outputs, by the names that they have in the kernel.
   */
  public Map<String, Weight> together(List<LoadedAdapter> adapters) {
    Map<String, Weight> joint = new HashMap<>();
    List<LinearSite> sites = blueprint.sites();
    for (int i = 0; i < sites.size(); i++) {
      int place = i;
      List<Factors> parts = adapters.stream().map(a -> a.sites().get(place).factors()).toList();
      boolean narrow = sites.get(i).narrow() && !sites.get(i).isEmbedding();
      beside(sites.get(i), parts, narrow).addTo(joint, sites.get(i).loraPath());
    }
    return joint;
  }

  private Factors beside(LinearSite site, List<Factors> parts, boolean narrow) {
    OptionalLong rank =
        parts.stream().flatMap(part -> part.up().stream()).mapToLong(AdapterLoader::rank).max();
    if (rank.isEmpty()) {
      return Factors.NONE;
    }
    int across = site.isEmbedding() ? 1 : 0;
    List<Weight> downs = present(parts.stream().map(Factors::down).toList(), across, narrow);
    List<Weight> ups = present(parts.stream().map(Factors::up).toList(), 1, narrow);
    return Factors.of(
        kernel.beside(downs, across, rank.getAsLong()), kernel.beside(ups, 1, rank.getAsLong()));
  }

  private static long rank(Weight up) {
    return up.shape()[1];
  }

  /** Puts matrices of no width for absent ones. */
  private List<Weight> present(List<Optional<Weight>> weights, int dimension, boolean narrow) {
    long[] shape = weights.stream().flatMap(Optional::stream).findFirst().orElseThrow().shape();
    shape[dimension] = 0;
    return weights.stream().map(w -> w.orElseGet(() -> kernel.allocate(shape, narrow))).toList();
  }

  private Map<WeightName, Weight> replaced(OverlaidSource source) {
    Map<WeightName, Weight> weights = new HashMap<>(baseWeights);
    Map<TensorSlot, Weight> loaded = new HashMap<>();
    try (WeightLoader loader = new WeightLoader(kernel, source, blueprint.sizes())) {
      blueprint
          .slots()
          .forEach(
              (name, usual) -> {
                TensorSlot slot = isTable(name) ? own(name, usual, source) : usual;
                if (slot.names().stream().anyMatch(source::replaces)) {
                  loader.check(slot);
                  weights.put(name, loaded.computeIfAbsent(slot, loader::load));
                }
              });
    }
    checkVocabulary(source, weights);
    return weights;
  }

  /** Tells whether a weight has a row for each token. */
  private static boolean isTable(WeightName name) {
    return name.equals(WeightName.EMBEDDING) || name.equals(WeightName.HEAD);
  }

  /**
   * A head that shares the embedding's tensor is replaced under its own name, or follows an
   * embedding that is overwritten, of another size or with other rows; an embedding follows a head
   * that is overwritten; both are as long as they are in the adapter.
   */
  private TensorSlot own(WeightName weight, TensorSlot slot, OverlaidSource source) {
    String table = module(WeightName.EMBEDDING) + ".weight";
    String head = module(WeightName.HEAD) + ".weight";
    String name = module(weight) + ".weight";
    boolean tied = weight.equals(WeightName.HEAD) && blueprint.isTied();
    boolean headAlone = blueprint.isTied() && !source.replaces(table) && source.overwrites(head);
    if (headAlone) {
      name = head;
    }
    if (tied && !source.replaces(name) && source.replaces(table)) {
      boolean other = source.shape(table)[0] != slot.shape()[0];
      boolean follows = other || source.patches(table) || source.overwrites(table);
      name = follows ? table : name;
    }
    return source.replaces(name) ? slot.of(name, (int) source.shape(name)[0]) : slot.of(name);
  }

  private static void checkVocabulary(OverlaidSource source, Map<WeightName, Weight> weights) {
    long tokens = weights.get(WeightName.EMBEDDING).shape()[0];
    long scored = weights.get(WeightName.HEAD).shape()[0];
    if (tokens != scored) {
      throw new CheckpointException(
          source.name(),
          "has %d tokens in its embedding but %d in its head; save it again with both."
              .formatted(tokens, scored));
    }
  }

  /** Returns the module of the embedding or of the head. */
  private String module(WeightName table) {
    return blueprint.sites().stream()
        .filter(site -> site.weight().equals(table))
        .findFirst()
        .orElseThrow()
        .modules()
        .get(0);
  }

  /** An adapter may bring another number of tokens. */
  private static LinearSite sized(LinearSite site, Weight weight) {
    return isTable(site.weight()) ? site.sized(Math.toIntExact(weight.shape()[0])) : site;
  }

  private Factors products(LinearSite site, List<LoraFactors> modules, boolean narrow) {
    if (modules.stream().allMatch(m -> m.rank() == 0)) {
      return Factors.NONE;
    }
    Arrangement order =
        site.arrangement() == Arrangement.HEAD_BY_HEAD ? site.arrangement() : Arrangement.PLAIN;
    return site.isEmbedding() ? table(site, modules.get(0)) : linear(site, modules, narrow, order);
  }

  /** Returns products and what is taken off as one, with what an adapter scales the outputs by. */
  private Factors joined(
      LinearSite site, float[] magnitude, Weight weight, Factors products, Factors start) {
    if (products.down().isEmpty()) {
      return Factors.NONE;
    }
    Factors both =
        start.down().isEmpty() ? products : beside(site, List.of(products, start), false);
    return decomposed(site, magnitude, weight, both.down().orElseThrow(), both.up().orElseThrow());
  }

  /** Returns products with what a weight-decomposed adapter scales the outputs by. */
  private Factors decomposed(
      LinearSite site, float[] magnitude, Weight weight, Weight down, Weight up) {
    if (magnitude.length == 0) {
      return Factors.of(down, up);
    }
    float[] scales = outputScales.scales(site, magnitude, weight, down, up);
    boolean narrow = site.narrow() && !site.isEmbedding();
    Weight scale = weight(scales, scales.length, 0, narrow, Arrangement.PLAIN);
    return new Factors(Optional.of(down), Optional.of(up), Optional.of(scale));
  }

  private Factors table(LinearSite site, LoraFactors module) {
    Weight down =
        weight(module.down(), site.rows().get(0), module.rank(), false, Arrangement.PLAIN);
    Weight up = weight(module.up(), site.columns(), module.rank(), false, Arrangement.PLAIN);
    return Factors.of(down, up);
  }

  private Factors linear(
      LinearSite site, List<LoraFactors> modules, boolean narrow, Arrangement upArrangement) {
    FusedLora fused = FusedLora.of(site, modules);
    int height = site.height();
    Weight down = weight(fused.down(), fused.rank(), site.columns(), narrow, Arrangement.PLAIN);
    Weight up = weight(fused.up(), height, fused.rank(), narrow, upArrangement);
    return Factors.of(down, up);
  }

  private Weight weight(
      float[] values, int rows, int columns, boolean narrow, Arrangement arrangement) {
    Weight weight =
        kernel.allocate(columns == 0 ? new long[] {rows} : new long[] {rows, columns}, narrow);
    try (Staging staging = kernel.staging(values.length)) {
      staging.room(values.length).put(values);
      for (Rearrangement part :
          Rearrangements.of(arrangement, rows, Math.max(1, columns), blueprint.sizes(), 0)) {
        staging.placeInto(weight, 0, part, 0);
      }
    }
    return weight;
  }
}
