package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.adapter.AdapterStart;
import dev.palimpsest.checkpoint.adapter.LoraModule;
import dev.palimpsest.decoder.family.Arrangement;
import dev.palimpsest.decoder.family.LinearSite;
import dev.palimpsest.decoder.family.Sizes;
import dev.palimpsest.decoder.family.TensorSlot;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Product;
import dev.palimpsest.decoder.kernel.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What PEFT takes off the base's weights before it adds an adapter's products to them, computed
 * from the weights as they are stored, one at a time.
 *
 * <p>It is of low rank itself. So the base can stay as it is and serve other adapters too, and what
 * is taken off becomes a product beside the adapter's own.
 */
final class StartingProducts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartingProducts.class);

  /** How often a long computation says how far it is. */
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(15);

  private final Kernel kernel;
  private final Adapter adapter;
  private final WeightLoader loader;
  private final Map<String, LoraModule> modules = new HashMap<>();
  private int done;
  private long told = System.nanoTime();

  StartingProducts(Kernel kernel, Adapter adapter, TensorSource base, Sizes sizes) {
    this.kernel = kernel;
    this.adapter = adapter;
    this.loader = new WeightLoader(kernel, base, sizes);
    for (LoraModule module : adapter.startedModules()) {
      modules.put(module.moduleIn(base::has), module);
    }
  }

  /**
   * Returns what is taken off each module of a place, whose outputs are in the kernel's order;
   * empty if nothing is.
   */
  List<LoraFactors> of(LinearSite site) {
    if (site.modules().stream().noneMatch(modules::containsKey)) {
      return List.of();
    }
    List<LoraFactors> parts = new ArrayList<>();
    for (int m = 0; m < site.modules().size(); m++) {
      String name = site.modules().get(m);
      LoraModule module = modules.get(name);
      parts.add(module == null ? LoraFactors.NONE : of(site, m, module));
    }
    return parts;
  }

  /** The order of a weight's rows only changes that of B's. */
  private LoraFactors of(LinearSite site, int part, LoraModule module) {
    int rows = site.rows().get(part);
    int rank = Math.min(module.rank(), Math.min(rows, site.columns()));
    List<String> name = List.of(site.modules().get(part) + ".weight");
    TensorSlot slot =
        new TensorSlot(name, List.of(rows), site.columns(), false, site.arrangement(), false, 0);
    loader.check(slot);
    tell();
    try (Weight weight = loader.load(slot)) {
      if (adapter.config().start() == AdapterStart.PISSA) {
        return LoraFactors.without(kernel.principalPart(weight, rank), 1);
      }
      boolean turned = site.arrangement() == Arrangement.TRANSPOSED; // as PEFT decomposes it
      Product product = kernel.leadingPart(weight, rank, turned);
      return LoraFactors.without(product, module.scaling());
    }
  }

  private void tell() {
    if (System.nanoTime() - told > PAUSE) {
      told = System.nanoTime();
      LOG.info(
          "{} was begun by {}: its start is computed from the base, {} of {} weights done",
          adapter.name(),
          adapter.config().start().title(),
          done,
          modules.size());
    }
    done++;
  }

  @Override
  public void close() {
    loader.close();
  }
}
