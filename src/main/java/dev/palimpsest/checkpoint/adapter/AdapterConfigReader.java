package dev.palimpsest.checkpoint.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Printable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads adapter_config.json and refuses by name what cannot be applied. */
final class AdapterConfigReader {
  private static final int MAX_RANK = 65_536;
  private static final double MAX_ALPHA = 1e6;
  private static final int MAX_PATTERNS = 100_000;

  private static final Map<String, String> OTHER_KINDS =
      Map.ofEntries(
          Map.entry("IA3", "IA3"),
          Map.entry("PROMPT_TUNING", "prompt tuning"),
          Map.entry("MULTITASK_PROMPT_TUNING", "multitask prompt tuning"),
          Map.entry("PREFIX_TUNING", "prefix tuning"),
          Map.entry("P_TUNING", "p-tuning"),
          Map.entry("ADAPTION_PROMPT", "adaption prompts"),
          Map.entry("CPT", "context-aware prompt tuning"),
          Map.entry("ADALORA", "AdaLoRA"),
          Map.entry("LOHA", "LoHa"),
          Map.entry("LOKR", "LoKr"),
          Map.entry("OFT", "OFT"),
          Map.entry("BOFT", "BOFT"),
          Map.entry("VERA", "VeRA"),
          Map.entry("FOURIERFT", "FourierFT"),
          Map.entry("XLORA", "X-LoRA"),
          Map.entry("HRA", "HRA"),
          Map.entry("VBLORA", "VB-LoRA"),
          Map.entry("LN_TUNING", "LayerNorm tuning"),
          Map.entry("POLY", "Poly"),
          Map.entry("BONE", "Bone"),
          Map.entry("MISS", "MiSS"),
          Map.entry("RANDLORA", "RandLoRA"),
          Map.entry("TRAINABLE_TOKENS", "trainable tokens"),
          Map.entry("SHIRA", "SHiRA"),
          Map.entry("C3A", "C3A"),
          Map.entry("ROAD", "RoAd"));

  /** Options that change what an adapter computes and are not implemented. */
  private static final List<String> UNSUPPORTED_OPTIONS =
      List.of(
          "layer_replication",
          "alora_invocation_tokens",
          "arrow_config",
          "kasa_config",
          "monteclora_config",
          "velora_config",
          "use_bdlora",
          "use_qalora");

  /** Ways of starting LoRA that leave the base weights as they are. */
  private static final Set<String> PLAIN_STARTS =
      Set.of("", "true", "false", "gaussian", "orthogonal", "mica", "eva");

  /**
   * Ways of starting LoRA that take something off the base weights which chance or the data of the
   * training decided, so that PEFT itself gets another model back, or none.
   */
  private static final Set<String> LOST_STARTS = Set.of("pissa", "corda", "lora_ga");

  private final ModelConfig config;
  private final ObjectNode node;

  private AdapterConfigReader(ModelConfig config) {
    this.config = config;
    this.node = config.node();
  }

  static AdapterConfig read(ModelConfig config) {
    return new AdapterConfigReader(config).read();
  }

  private AdapterConfig read() {
    String kind = requireLora();
    UNSUPPORTED_OPTIONS.forEach(this::refuseOption);
    AdapterStart start = start();
    refuseBiasOfDora();
    return new AdapterConfig(
        kind,
        rank("r", node.get("r")),
        alpha("lora_alpha", node.get("lora_alpha")),
        patterns("rank_pattern", value -> rank("rank_pattern", value)),
        patterns("alpha_pattern", value -> alpha("alpha_pattern", value)),
        config.flag("use_rslora", false),
        config.flag("use_dora", false),
        config.flag("lora_bias", false),
        bias(),
        config.flag("fan_in_fan_out", false),
        targets(),
        config.texts("target_parameters"),
        tokenIndices(),
        config.flag("ensure_weight_tying", false),
        config.texts("modules_to_save"),
        layers(),
        start,
        Optional.of(config.text("base_model_name_or_path", "")).filter(name -> !name.isBlank()));
  }

  private String requireLora() {
    String kind = config.text("peft_type");
    if (kind.equals("LORA")) {
      return kind;
    }
    String known = OTHER_KINDS.get(kind);
    throw new CheckpointException(
        config.file(),
        known == null
            ? "has unsupported adapter kind " + Printable.text(kind) + ", expected LORA"
            : "is an adapter of the kind %s (%s), which is not supported; merge it into its base"
                .formatted(known, kind));
  }

  private void refuseOption(String field) {
    JsonNode value = node.path(field);
    boolean off =
        value.isMissingNode()
            || value.isNull()
            || (value.isBoolean() && !value.booleanValue())
            || (value.isContainerNode() && value.isEmpty());
    if (!off) {
      throw new CheckpointException(
          config.file(),
          "uses " + field + ", which is not supported; merge the adapter into its base instead");
    }
  }

  private AdapterStart start() {
    String start = node.path("init_lora_weights").asText("");
    String lower = start.toLowerCase(Locale.ROOT);
    if (start.equals("pissa")) {
      return AdapterStart.PISSA;
    }
    if (lower.equals("olora")) {
      return AdapterStart.OLORA;
    }
    if (!PLAIN_STARTS.contains(lower) && !lower.equals("null")) {
      refuseStart(start, lower.split("_niter", 2)[0]);
    }
    return AdapterStart.NONE;
  }

  private void refuseStart(String start, String family) {
    String reason;
    if (LOST_STARTS.contains(family)) {
      reason =
          "which took a part off the base weights that the adapter does not tell (PEFT gets another model back, or none); merge it where it was trained, or save it there with path_initial_model_for_weight_conversion";
    } else if (family.equals("loftq")) {
      reason =
          "which trains over base weights that it quantised itself; merge the adapter into those instead";
    } else {
      reason =
          "which is not known here and may have changed the base weights too; merge it where it was trained";
    }
    throw new CheckpointException(
        config.file(), "init_lora_weights is %s, %s".formatted(Printable.text(start), reason));
  }

  /** PEFT takes the bias for a part of the weight whose norm DoRA divides by. */
  private void refuseBiasOfDora() {
    if (config.flag("use_dora", false)) {
      refuseOption("lora_bias");
    }
  }

  private int rank(String field, JsonNode value) {
    if (value == null || value.isNull()) {
      throw CheckpointException.missing(config.file(), field, "a positive integer");
    }
    boolean integer = value.isIntegralNumber() && value.canConvertToInt();
    if (!integer || value.intValue() < 1 || value.intValue() > MAX_RANK) {
      throw CheckpointException.ofField(
          config.file(), field, value.toString(), "a positive integer up to " + MAX_RANK);
    }
    return value.intValue();
  }

  private double alpha(String field, JsonNode value) {
    if (value == null || value.isNull()) {
      throw CheckpointException.missing(config.file(), field, "a number");
    }
    boolean usable = value.isNumber() && Math.abs(value.doubleValue()) <= MAX_ALPHA;
    if (!usable) {
      throw CheckpointException.ofField(
          config.file(), field, value.toString(), "a number between -1e6 and 1e6");
    }
    return value.doubleValue();
  }

  private <T> Map<String, T> patterns(String field, Function<JsonNode, T> reader) {
    Map<String, T> patterns = new LinkedHashMap<>();
    config
        .section(field)
        .ifPresent(
            section -> section.node().properties().forEach(e -> put(patterns, field, e, reader)));
    return Collections.unmodifiableMap(patterns);
  }

  private <T> void put(
      Map<String, T> patterns,
      String field,
      Map.Entry<String, JsonNode> entry,
      Function<JsonNode, T> reader) {
    if (patterns.size() == MAX_PATTERNS) {
      throw config.wrong(field, "at most " + MAX_PATTERNS + " patterns");
    }
    requireExpression(field, entry.getKey());
    patterns.put(entry.getKey(), reader.apply(entry.getValue()));
  }

  private void requireExpression(String field, String expression) {
    try {
      Pattern unused = AdapterConfig.modulePattern(expression);
    } catch (PatternSyntaxException e) {
      throw CheckpointException.ofField(
          config.file(),
          field,
          expression,
          "a regular expression without look-around or back-references");
    }
  }

  private String bias() {
    String bias = config.text("bias", "none");
    if (!Set.of("none", "all", "lora_only").contains(bias)) {
      throw config.wrong("bias", "none, all or lora_only");
    }
    return bias;
  }

  private Map<String, List<Integer>> tokenIndices() {
    String field = "trainable_token_indices";
    if (!node.path(field).isObject()) {
      List<Integer> tokens = config.naturalInts(field, "token ids, or names with token ids");
      return tokens.isEmpty() ? Map.of() : Map.of("", tokens);
    }
    Map<String, List<Integer>> tokens = new LinkedHashMap<>();
    ModelConfig section = config.section(field).orElseThrow();
    section
        .node()
        .fieldNames()
        .forEachRemaining(name -> tokens.put(name, section.naturalInts(name, "token ids")));
    return Collections.unmodifiableMap(tokens);
  }

  private AdapterTargets targets() {
    JsonNode targets = node.path("target_modules");
    if (targets.isTextual()) {
      return new AdapterTargets(List.of(), targets.textValue());
    }
    List<String> names = config.texts("target_modules");
    if (names.isEmpty() && config.texts("target_parameters").isEmpty()) {
      throw CheckpointException.missing(
          config.file(), "target_modules", "the names of the trained modules");
    }
    return new AdapterTargets(names, "");
  }

  private List<Integer> layers() {
    return config.naturalInts("layers_to_transform", "a layer number or a list of them").stream()
        .sorted()
        .collect(Collectors.toUnmodifiableList());
  }
}
