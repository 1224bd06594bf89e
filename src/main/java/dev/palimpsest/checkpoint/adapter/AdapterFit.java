package dev.palimpsest.checkpoint.adapter;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.tensor.Layout;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks that an adapter was made for a base: every module is there and has the right shape. */
final class AdapterFit {
  private static final String HEAD = "lm_head.weight";
  private static final List<String> EMBEDDINGS =
      List.of(
          "model.embed_tokens.weight",
          "transformer.wte.weight",
          "transformer.word_embeddings.weight",
          "model.decoder.embed_tokens.weight");

  private final Adapter adapter;
  private final Checkpoint base;

  AdapterFit(Adapter adapter, Checkpoint base) {
    this.adapter = adapter;
    this.base = base;
  }

  void check() {
    String family = base.config().text("model_type", "");
    if (!adapter.modelTypes().isEmpty() && !adapter.modelTypes().contains(family)) {
      throw misfit(
          "it is for models of the family %s, and this is of %s"
              .formatted(
                  String.join(" or ", new TreeSet<>(adapter.modelTypes())),
                  Printable.text(family)));
    }
    adapter.modules().forEach(this::checkModule);
    checkStart();
    adapter.replacements().forEach(this::checkReplacement);
    adapter.tokenRows().forEach(this::checkTokens);
  }

  private void checkModule(LoraModule module) {
    if (module.parameter().isPresent()) {
      checkExperts(module);
      return;
    }
    String name = module.moduleIn(tensor -> stored(tensor).isPresent()) + ".weight";
    long[] weight = shapeOf(name, module.module());
    if (weight.length != 2) {
      throw misfit("module %s is no matrix in the base".formatted(module.module()));
    }
    boolean inputsFirst = module.embedding() || isInputsFirst(name);
    if (TargetParameters.isTarget(adapter.config(), name) && (inputsFirst || isEmbedding(name))) {
      throw new CheckpointException(
          adapter.name(),
          "has target_parameters with the weight of %s, where that is not supported; merge it into its base instead"
              .formatted(Printable.text(module.module())));
    }
    long in = inputsFirst ? weight[0] : weight[1];
    long out = inputsFirst ? weight[1] : weight[0];
    requireShape(module.a(), module.rank(), in);
    requireShape(module.b(), out, module.rank());
    module.bias().ifPresent(vector -> requireElements(vector, out));
    module.magnitude().ifPresent(vector -> requireElements(vector, out));
  }

  /**
   * PEFT computes a start from whole numbers and writes it into the weight, so that what shares the
   * weight changes too.
   */
  private void checkStart() {
    boolean quantised = base.config().has("quantization_config");
    for (LoraModule module : adapter.startedModules()) {
      String name = module.moduleIn(tensor -> stored(tensor).isPresent()) + ".weight";
      if (quantised) {
        throw started(
            "is not computed over quantised weights; choose the base before quantisation");
      }
      if (module.parameter().isPresent() || adapter.config().tiesWeights()) {
        throw started(
            "is not supported in parameters of experts or with ensure_weight_tying; merge it into its base instead");
      }
      if (stored(name).isEmpty()) {
        throw started(
            "changes the embedding too, with which %s shares its weight; save the adapter again with save_embedding_layers=True"
                .formatted(module.module()));
      }
    }
  }

  private CheckpointException started(String reason) {
    return new CheckpointException(
        adapter.name(),
        "was begun by %s (init_lora_weights), which %s"
            .formatted(adapter.config().start().title(), reason));
  }

  private static boolean isEmbedding(String tensor) {
    return AdapterTensors.isVocabulary(tensor) && !tensor.equals(HEAD);
  }

  /** Experts are stored in several ways; their shapes are checked by the description that runs. */
  private void checkExperts(LoraModule module) {
    int layer = AdapterConfig.layerOf(module.module()).orElse(-1);
    String part = "layers." + layer + ".";
    boolean found =
        base.tensors().names().stream()
            .anyMatch(name -> name.contains(part) && name.contains(".experts."));
    if (!found) {
      throw misfit("the base has no experts at " + Printable.text(module.module()));
    }
  }

  private void checkTokens(String target, TokenRows rows) {
    long[] table = shapeOf(target, target);
    requireShape(rows.tensor(), rows.tokens().size(), table[table.length - 1]);
    for (int token : rows.tokens()) {
      if (token >= table[0]) {
        throw misfit("it trained token %d, and the base has %d".formatted(token, table[0]));
      }
    }
  }

  /** GPT-2 stores its weights inputs by outputs, unless they are quantised or GGUF. */
  private boolean isInputsFirst(String tensor) {
    boolean turned =
        stored(tensor).map(name -> base.tensors().layout(name) != Layout.OF_FAMILY).orElse(false);
    boolean head = tensor.equals(HEAD);
    return base.config().text("model_type", "").equals("gpt2") && !turned && !head;
  }

  private void checkReplacement(String target, String name) {
    long[] expected = shapeOfBase(target, target);
    long[] found = adapter.tensors().info(name).shape();
    boolean resized =
        AdapterTensors.isVocabulary(target)
            && (found.length == 2 && found[0] > 0 && found[1] == expected[1]);
    if (!resized && !Arrays.equals(expected, found)) {
      throw misfit(
          "%s has shape %s, the base's has %s"
              .formatted(name, TensorInfo.shapeText(found), TensorInfo.shapeText(expected)));
    }
  }

  /** Returns the shape that a module has where the adapter's own replacements are in place. */
  private long[] shapeOf(String tensor, String module) {
    String replaced = adapter.replacements().get(tensor);
    return replaced == null
        ? shapeOfBase(tensor, module)
        : adapter.tensors().info(replaced).shape();
  }

  private long[] shapeOfBase(String tensor, String module) {
    Optional<String> found = stored(tensor);
    if (found.isEmpty() && tensor.equals(HEAD)) {
      found = EMBEDDINGS.stream().flatMap(name -> stored(name).stream()).findFirst();
    } else if (found.isEmpty() && EMBEDDINGS.contains(tensor)) {
      found = stored(HEAD);
    }
    return found
        .map(name -> base.tensors().info(name).shape())
        .orElseThrow(() -> misfit("the base has no module " + Printable.text(module)));
  }

  /** Returns the name in the base, which may leave out the path of the bare model. */
  private Optional<String> stored(String tensor) {
    String bare = tensor.substring(tensor.indexOf('.') + 1);
    return Stream.of(tensor, bare).filter(base.tensors()::contains).findFirst();
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
        adapter.config().baseModel().map(name -> " (" + Printable.text(name) + ")").orElse("");
    return new CheckpointException(
        adapter.name(),
        "was made for another base%s than %s: %s; choose the base it was trained on"
            .formatted(made, base.name(), reason));
  }
}
