package dev.palimpsest.checkpoint;

import java.util.Arrays;

/** Checks that an adapter was made for a base: every module is there and has the right shape. */
final class AdapterFit {
  private static final String HEAD = "lm_head.weight";
  private static final String EMBEDDING = "model.embed_tokens.weight";

  private final Adapter adapter;
  private final Checkpoint base;

  AdapterFit(Adapter adapter, Checkpoint base) {
    this.adapter = adapter;
    this.base = base;
  }

  void check() {
    adapter.modules().forEach(this::checkModule);
    adapter.replacements().forEach(this::checkReplacement);
  }

  private void checkModule(LoraModule module) {
    long[] weight = shapeOf(module.module() + ".weight", module.module());
    if (weight.length != 2) {
      throw misfit("module %s is no matrix in the base".formatted(module.module()));
    }
    long in = module.embedding() || adapter.config().fanInFanOut() ? weight[0] : weight[1];
    long out = module.embedding() || adapter.config().fanInFanOut() ? weight[1] : weight[0];
    requireShape(module.a(), module.rank(), in);
    requireShape(module.b(), out, module.rank());
    module.magnitude().ifPresent(name -> requireElements(name, out));
  }

  private void checkReplacement(String target, String name) {
    long[] expected = shapeOf(target, target);
    long[] found = adapter.tensors().info(name).shape();
    if (!Arrays.equals(expected, found)) {
      throw misfit(
          "%s has shape %s, the base's has %s"
              .formatted(name, TensorInfo.shapeText(found), TensorInfo.shapeText(expected)));
    }
  }

  private long[] shapeOf(String tensor, String module) {
    TensorStore tensors = base.tensors();
    if (tensors.contains(tensor)) {
      return tensors.info(tensor).shape();
    }
    boolean tied = tensor.equals(HEAD) && tensors.contains(EMBEDDING);
    if (tied) {
      return tensors.info(EMBEDDING).shape();
    }
    throw misfit("the base has no module " + Shown.text(module));
  }

  private void requireShape(String name, long rows, long columns) {
    long[] found = adapter.tensors().info(name).shape();
    if (found[0] != rows || found[1] != columns) {
      throw misfit(
          "%s has shape %s, expected [%d,%d]"
              .formatted(name, TensorInfo.shapeText(found), rows, columns));
    }
  }

  private void requireElements(String name, long elements) {
    if (adapter.tensors().info(name).elements() != elements) {
      throw misfit(
          "%s has shape %s, expected [%d]"
              .formatted(name, adapter.tensors().info(name).shapeText(), elements));
    }
  }

  private CheckpointException misfit(String reason) {
    String made =
        adapter.config().baseModel().map(name -> " (" + Shown.text(name) + ")").orElse("");
    return new CheckpointException(
        adapter.name(),
        "was made for another base%s than %s: %s; choose the base it was trained on"
            .formatted(made, base.name(), reason));
  }
}
