package dev.palimpsest.checkpoint.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options of adapter_config.json that are not known here and are switched on. */
final class AdapterOptions {
  /** The fields of LoraConfig in PEFT 0.21. */
  private static final Set<String> KNOWN =
      Set.of(
          "alora_invocation_tokens",
          "alpha_pattern",
          "arrow_config",
          "auto_mapping",
          "base_model_name_or_path",
          "bias",
          "corda_config",
          "ensure_weight_tying",
          "eva_config",
          "exclude_modules",
          "fan_in_fan_out",
          "inference_mode",
          "init_lora_weights",
          "kasa_config",
          "layer_replication",
          "layers_pattern",
          "layers_to_transform",
          "loftq_config",
          "lora_alpha",
          "lora_bias",
          "lora_dropout",
          "lora_ga_config",
          "megatron_config",
          "megatron_core",
          "modules_to_save",
          "monteclora_config",
          "peft_type",
          "peft_version",
          "qalora_group_size",
          "r",
          "rank_pattern",
          "revision",
          "runtime_config",
          "target_modules",
          "target_parameters",
          "task_type",
          "trainable_token_indices",
          "use_bdlora",
          "use_dora",
          "use_qalora",
          "use_rslora",
          "velora_config");

  private AdapterOptions() {}

  /** Returns a sentence that follows the adapter's or the file's name, if there are any. */
  static Optional<String> unknown(ObjectNode config) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : config.properties()) {
      if (!KNOWN.contains(field.getKey()) && isOn(field.getValue())) {
        String option = "%s = %s".formatted(field.getKey(), field.getValue());
        found.add(Printable.text(option));
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "has options that are not known here and are switched on (%s); they are not followed, and may change what the adapter computes where they are"
                .formatted(String.join(", ", found)));
  }

  private static boolean isOn(JsonNode value) {
    boolean empty =
        value.isNull()
            || (value.isBoolean() && !value.booleanValue())
            || (value.isContainerNode() && value.isEmpty())
            || (value.isTextual() && value.textValue().isEmpty());
    return !empty;
  }
}
