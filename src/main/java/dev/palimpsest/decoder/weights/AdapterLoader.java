package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.Adapter;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.LoraModule;
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

  /** Creates a loader for adapters of the given base. */
  public AdapterLoader(
      Kernel kernel, Blueprint blueprint, TensorSource base, List<Weight> baseWeights) {
    this.kernel = kernel;
    this.blueprint = blueprint;
    this.base = base;
    this.baseWeights = baseWeights;
  }

  /**
   * Loads one adapter, which should have been checked against the base.
   *
   * @throws CheckpointException if one of its modules has no place
   */
  public LoadedAdapter load(Adapter adapter) {
    List<Weight> weights = replaced(new OverlaidSource(base, adapter));
    Map<String, LoraFactors> modules = new HashMap<>();
    for (LoraModule module : adapter.modules()) {
      modules.put(module.module(), LoraFactors.read(module, adapter.tensors()));
    }
    List<Weight> factors = new ArrayList<>();
    for (LinearSite site : blueprint.sites()) {
      factors.addAll(factors(site, modules, weights.get(site.weight())));
    }
    checkAllUsed(adapter, modules);
    return new LoadedAdapter(weights, factors);
  }

  private static void checkAllUsed(Adapter adapter, Map<String, LoraFactors> unused) {
    if (!unused.isEmpty()) {
      throw new CheckpointException(
          adapter.name(),
          "changes the module "
              + unused.keySet().iterator().next()
              + ", where adapters are not supported; merge it into its base instead.");
    }
  }

  private List<Weight> replaced(OverlaidSource source) {
    List<TensorSlot> slots = blueprint.slots();
    List<Weight> weights = new ArrayList<>(baseWeights);
    try (WeightLoader loader = new WeightLoader(kernel, source, blueprint.sizes())) {
      for (int i = 0; i < slots.size(); i++) {
        TensorSlot slot = i == EMBEDDING || i == HEAD ? own(i, slots.get(i)) : slots.get(i);
        if (slot.names().stream().anyMatch(source::replaces)) {
          loader.check(slot);
          weights.set(i, loader.load(slot));
        }
      }
    }
    return weights;
  }

  /** A head that shares the embedding's tensor is replaced under its own name. */
  private TensorSlot own(int index, TensorSlot slot) {
    LinearSite site = blueprint.sites().get(index == EMBEDDING ? 0 : 1);
    return new TensorSlot(
        List.of(site.modules().get(0) + ".weight"),
        slot.rows(),
        slot.columns(),
        slot.narrow(),
        slot.arrangement(),
        slot.plusOne(),
        slot.experts());
  }

  private List<Weight> factors(LinearSite site, Map<String, LoraFactors> unused, Weight weight) {
    List<LoraFactors> modules = new ArrayList<>();
    for (String name : site.modules()) {
      LoraFactors found = unused.remove(name);
      modules.add(found == null ? LoraFactors.NONE : found);
    }
    if (modules.stream().allMatch(m -> m.rank() == 0)) {
      return List.of(absent(), absent(), absent());
    }
    return site.embedding() ? table(site, modules.get(0)) : linear(site, modules, weight);
  }

  private List<Weight> table(LinearSite site, LoraFactors module) {
    Weight down =
        weight(module.down(), site.rows().get(0), module.rank(), false, Arrangement.PLAIN);
    Weight up = weight(module.up(), site.columns(), module.rank(), false, Arrangement.PLAIN);
    return List.of(down, up, absent());
  }

  private List<Weight> linear(LinearSite site, List<LoraFactors> modules, Weight weight) {
    FusedLora fused = FusedLora.of(site, modules);
    int height = site.rows().stream().mapToInt(Integer::intValue).sum();
    Arrangement upArrangement =
        site.arrangement() == Arrangement.HEAD_BY_HEAD ? site.arrangement() : Arrangement.PLAIN;
    Weight down =
        weight(fused.down(), fused.rank(), site.columns(), site.narrow(), Arrangement.PLAIN);
    Weight up = weight(fused.up(), height, fused.rank(), site.narrow(), upArrangement);
    return List.of(down, up, outputScale(site, modules, weight, down, up));
  }

  /** Magnitude over norm for decomposed modules, 1 for the others beside them. */
  private Weight outputScale(
      LinearSite site, List<LoraFactors> modules, Weight weight, Weight down, Weight up) {
    if (modules.stream().allMatch(m -> m.magnitude().length == 0)) {
      return absent();
    }
    float[] scale = kernel.rowNorms(weight, site.row(), down, up);
    int row = 0;
    for (int m = 0; m < modules.size(); m++) {
      float[] magnitude = modules.get(m).magnitude();
      for (int r : Turns.fileRows(site.arrangement(), site.rows().get(m), blueprint.sizes())) {
        scale[row] = magnitude.length == 0 ? 1 : magnitude[r] / scale[row];
        row++;
      }
    }
    return weight(scale, scale.length, 0, site.narrow(), Arrangement.PLAIN);
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
