package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.adapter.LoraModule;
import dev.palimpsest.checkpoint.tensor.RowOrder;
import dev.palimpsest.decoder.family.LinearSite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an adapter adds, by the names of modules and of parameters of many experts.
 *
 * <p>Each is taken by the place that computes it, so that one without a place is refused and not
 * left out silently.
 */
final class LoraModules {
  private final Adapter adapter;
  private final Map<String, LoraFactors> factors = new HashMap<>();
  private final Map<String, Integer> ranks = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  private LoraModules(Adapter adapter, TensorSource base, int headSize) {
    this.adapter = adapter;
    for (LoraModule module : adapter.modules()) {
      String name =
          module
              .parameter()
              .map(p -> module.module() + "." + p)
              .orElseGet(() -> module.moduleIn(base::has));
      LoraFactors read = LoraFactors.read(module, adapter.name(), adapter.tensors());
      boolean interleaved = adapter.isInterleaved(module.module());
      factors.put(name, interleaved ? read.ofInterleaved(new RowOrder(headSize)) : read);
      ranks.put(name, module.rank());
    }
  }

  /**
   * Reads an adapter's products, by the names of modules in the base's files.
   *
   * @param headSize width of the base's heads
   */
  static LoraModules of(Adapter adapter, TensorSource base, int headSize) {
    return new LoraModules(adapter, base, headSize);
  }

  /** Adds to a head what is added to the embedding whose table it shares. */
  void tie(String embedding, String head) {
    LoraFactors table = factors.get(embedding);
    if (table != null) {
      factors.putIfAbsent(head, table.ofHead());
    }
  }

  /** Returns what is added to each module of a place. */
  List<LoraFactors> take(LinearSite site) {
    Optional<LinearSite.Expert> part =
        site.expert().filter(expert -> factors.containsKey(expert.parameter()));
    if (part.isPresent()) {
      return expert(site, part.get());
    }
    return site.modules().stream().map(this::take).toList();
  }

  private LoraFactors take(String name) {
    taken.add(name);
    return factors.getOrDefault(name, LoraFactors.NONE);
  }

  private List<LoraFactors> expert(LinearSite site, LinearSite.Expert expert) {
    LoraFactors whole = take(expert.parameter());
    int experts = whole.rank() / ranks.get(expert.parameter());
    requireSame(expert.parameter(), "experts", expert.count(), experts);
    LoraFactors own = whole.ofExpert(expert.number(), experts, site.columns());
    requireSame(expert.parameter(), "inputs", site.columns(), own.inputs());
    requireSame(expert.parameter(), "outputs", site.height(), own.outputs());
    List<LoraFactors> modules = new ArrayList<>();
    int row = 0;
    for (int rows : site.rows()) {
      modules.add(
          expert.alternate()
              ? own.ofOutputs(modules.size(), rows, site.rows().size())
              : own.ofOutputs(row, rows, 1));
      row += rows;
    }
    return modules;
  }

  private void requireSame(String parameter, String what, int expected, int found) {
    if (found != expected) {
      throw new CheckpointException(
          adapter.name(),
          "was made for another base: its %s has %d %s, that of the base %d; choose the base it was trained on"
              .formatted(parameter, found, what, expected));
    }
  }

  /** Fails if there is something that no place took. */
  void requireAllTaken() {
    factors.keySet().stream()
        .filter(name -> !taken.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new CheckpointException(
                  adapter.name(),
                  "changes the module "
                      + name
                      + ", where adapters are not supported; merge it into its base instead.");
            });
  }
}
