package dev.palimpsest.checkpoint.adapter;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.model.TextPart;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.checkpoint.tensor.WrapperNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The roles of an adapter's tensors, told by their names.
 *
 * <p>PEFT writes {@code base_model.model.MODULE.PART}, with the adapter's name {@code default}
 * between some parts in old files.
 */
final class AdapterTensors {
  private static final String PREFIX = "base_model.model.";
  private static final String TOKENS = ".token_adapter.trainable_tokens_delta";

  private final AdapterConfig config;
  private final TensorStore tensors;
  private final Map<String, Parts> parts = new TreeMap<>();
  private final Map<String, String> replacements = new TreeMap<>();
  private final Map<String, TokenRows> tokenRows = new TreeMap<>();
  private final List<LoraModule> modules = new ArrayList<>();
  private final AdapterNames spelling;
  private final Map<String, String> seen = new HashMap<>();

  /** The tensors found for one module. */
  private static final class Parts {
    private String a;
    private String b;
    private String bias;
    private String magnitude;
    private boolean embedding;
  }

  private AdapterTensors(AdapterConfig config, TensorStore tensors) {
    this.config = config;
    this.tensors = tensors;
    this.spelling = AdapterNames.of(tensors.names());
  }

  static AdapterTensors of(AdapterConfig config, AdapterFiles files) {
    TensorStore tensors = files.tensors();
    AdapterTensors adapter = new AdapterTensors(config, tensors);
    tensors.names().forEach(adapter::sort);
    adapter.parts.forEach(adapter::addModule);
    boolean whole = files.weights().equals(MlxAdapter.WEIGHTS) && !adapter.replacements.isEmpty();
    if (adapter.modules.isEmpty() && adapter.tokenRows.isEmpty() && !whole) {
      throw refuse("holds no LoRA tensors");
    }
    adapter.requireBiases();
    adapter.requireTokens();
    return adapter;
  }

  List<LoraModule> modules() {
    return Collections.unmodifiableList(modules);
  }

  Map<String, String> replacements() {
    return Collections.unmodifiableMap(replacements);
  }

  /** Returns what was odd about the tensors' names, in sentences that follow the adapter's. */
  List<String> notes() {
    return spelling.notes(tensors.names());
  }

  Map<String, TokenRows> tokenRows() {
    return Collections.unmodifiableMap(tokenRows);
  }

  private void sort(String name) {
    String rest = spelling.moduleAndPart(name);
    String before = seen.putIfAbsent(rest, name);
    if (before != null) {
      throw WrapperNames.clash(Adapter.WEIGHTS, before, name);
    }
    requireReadable(name);
    if (!sortLora(name, rest) && !sortTokens(name, rest)) {
      sortReplacement(name, rest);
    }
  }

  private void requireReadable(String name) {
    StoredType type = tensors.info(name).type();
    if (!type.isReadable()) {
      throw refuse("tensor %s has unsupported dtype %s".formatted(Printable.text(name), type));
    }
  }

  private boolean sortLora(String name, String rest) {
    int split = rest.indexOf(".lora_");
    if (split < 0) {
      return false;
    }
    Parts module = parts.computeIfAbsent(rest.substring(0, split), key -> new Parts());
    switch (rest.substring(split + 1)) {
      case "lora_A.weight" -> module.a = name;
      case "lora_B.weight" -> module.b = name;
      case "lora_B.bias" -> module.bias = name;
      case "lora_embedding_A" -> setEmbedding(module).a = name;
      case "lora_embedding_B" -> setEmbedding(module).b = name;
      case "lora_magnitude_vector", "lora_magnitude_vector.weight" -> module.magnitude = name;
      default -> throw refuse("has tensor " + Printable.text(name) + ", which is not supported");
    }
    return true;
  }

  private boolean sortTokens(String name, String rest) {
    if (!rest.endsWith(TOKENS)) {
      return false;
    }
    String module = rest.substring(0, rest.length() - TOKENS.length());
    List<Integer> tokens =
        config.tokenIndices().entrySet().stream()
            .filter(e -> isEndOf(e.getKey(), module) || e.getKey().isEmpty())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(List.of());
    long[] shape = tensors.info(name).shape();
    if (shape.length != 2 || shape[0] != tokens.size()) {
      throw refuse(
          "has tensor %s with shape %s, but trainable_token_indices in %s names %d tokens for it"
              .formatted(
                  Printable.text(name),
                  TensorInfo.shapeText(shape),
                  Adapter.CONFIG,
                  tokens.size()));
    }
    tokenRows.put(TextPart.nameAlone(module) + ".weight", new TokenRows(name, tokens));
    return true;
  }

  /** Tells whether a name is another, or the last parts of it. */
  private static boolean isEndOf(String end, String name) {
    return name.equals(end) || name.endsWith("." + end);
  }

  private static Parts setEmbedding(Parts module) {
    module.embedding = true;
    return module;
  }

  private void sortReplacement(String name, String rest) {
    if (rest.contains(".original_module.")) {
      return; // the base's own, which is not used while its replacement is
    }
    String target =
        TextPart.nameAlone(
            rest.replace(".token_adapter.", ".")
                .replace(".base_layer.", ".")
                .replace(".modules_to_save.", "."));
    if (TextPart.isBeside(target)) {
      return;
    }
    boolean saved = config.modulesToSave().stream().anyMatch(m -> isPartOf(target, m));
    boolean baseLayer = rest.contains(".base_layer.");
    boolean bias = target.endsWith(".bias") && !config.bias().equals("none");
    if (!saved && !baseLayer && !bias && !isVocabulary(target)) {
      throw refuse(
          "has tensor %s, which neither LoRA nor modules_to_save nor bias explains"
              .formatted(Printable.text(name)));
    }
    if (target.equals(TextPart.nameAlone(rest)) || baseLayer) {
      replacements.put(target, name);
    } else {
      replacements.putIfAbsent(target, name);
    }
  }

  /** Embedding and head, which PEFT saves of itself when the vocabulary was resized. */
  static boolean isVocabulary(String target) {
    return target.endsWith("embed_tokens.weight") || target.equals("lm_head.weight");
  }

  /** PEFT takes any module whose name ends so, also in the middle of a word. */
  private static boolean isPartOf(String tensor, String module) {
    return tensor.contains(module + ".");
  }

  private void addModule(String path, Parts found) {
    requireBoth(path, found);
    String module = TargetParameters.module(path);
    Optional<String> parameter = TargetParameters.of(config, path, parts.keySet());
    parameter.ifPresentOrElse(name -> requireLayer(module), () -> requireTarget(module));
    boolean many = parameter.isPresent() && !parameter.get().equals("weight");
    String key = parameter.map(name -> module + "." + name).orElse(module);
    int rank = requireRank(key, found, many);
    requireBias(module, found);
    if (config.useDora() != (found.magnitude != null)) {
      throw refuse(
          "module %s %s a magnitude vector, but use_dora is %s"
              .formatted(
                  Printable.text(module),
                  found.magnitude == null ? "lacks" : "has",
                  config.useDora()));
    }
    modules.add(
        new LoraModule(
            TextPart.nameAlone(module),
            parameter.filter(name -> many),
            found.a,
            found.b,
            Optional.ofNullable(found.bias),
            Optional.ofNullable(found.magnitude),
            rank,
            config.scalingOf(key),
            found.embedding));
  }

  private static void requireBoth(String module, Parts found) {
    if (found.a == null || found.b == null) {
      throw refuse(
          "lacks tensor %s%s.%s; fetch it again"
              .formatted(
                  PREFIX,
                  Printable.text(module),
                  found.a == null ? "lora_A.weight" : "lora_B.weight"));
    }
  }

  private void requireTarget(String module) {
    boolean tied = config.tiesWeights() && TextPart.nameAlone(module).equals("lm_head");
    if (!tied && !config.targets().match(module)) {
      throw refuse(
          "changes module %s, which target_modules in %s do not match"
              .formatted(Printable.text(module), Adapter.CONFIG));
    }
    requireLayer(module);
  }

  private void requireLayer(String module) {
    List<Integer> layers = config.layersToTransform();
    int layer = AdapterConfig.layerOf(module).orElse(-1);
    if (!layers.isEmpty() && layer >= 0 && !layers.contains(layer)) {
      throw refuse(
          "changes module %s, but layers_to_transform in %s is %s"
              .formatted(Printable.text(module), Adapter.CONFIG, layers));
    }
  }

  private void requireBias(String module, Parts found) {
    if (config.loraBias() != (found.bias != null) && !found.embedding) {
      throw refuse(
          "module %s %s a bias of lora_B, but lora_bias is %s"
              .formatted(
                  Printable.text(module), found.bias == null ? "lacks" : "has", config.loraBias()));
    }
  }

  private int requireRank(String module, Parts found, boolean many) {
    long[] a = tensors.info(found.a).shape();
    long[] b = tensors.info(found.b).shape();
    if (a.length != 2 || b.length != 2 || a[0] != b[1]) {
      throw refuse(
          "module %s has lora_A %s and lora_B %s, which cannot be multiplied"
              .formatted(Printable.text(module), TensorInfo.shapeText(a), TensorInfo.shapeText(b)));
    }
    int expected = config.rankOf(module);
    if (many ? a[0] == 0 || a[0] % expected != 0 : a[0] != expected) {
      throw refuse(
          "rank of lora_A (%d) of module %s differs from r (%d) in %s"
              .formatted(a[0], Printable.text(module), expected, Adapter.CONFIG));
    }
    return expected;
  }

  private void requireBiases() {
    boolean any = replacements.keySet().stream().anyMatch(name -> name.endsWith(".bias"));
    if (!config.bias().equals("none") && !any) {
      throw refuse(
          "holds no bias tensors although bias in %s is %s"
              .formatted(Adapter.CONFIG, config.bias()));
    }
  }

  private void requireTokens() {
    if (!config.tokenIndices().isEmpty() && tokenRows.isEmpty()) {
      throw refuse(
          "holds no rows of tokens although trainable_token_indices in %s names some"
              .formatted(Adapter.CONFIG));
    }
  }

  private static CheckpointException refuse(String sentence) {
    return new CheckpointException(Adapter.WEIGHTS, sentence);
  }
}
