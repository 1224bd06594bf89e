package dev.palimpsest.checkpoint.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.Map;

/** Writes what adapter_config.json would say of adapters in other forms, module by module. */
final class LoraConfigs {
  private LoraConfigs() {}

  /** Returns a LoRA of these modules with the ranks that they have. */
  static ObjectNode of(Map<String, Integer> ranks) {
    ObjectNode node = Json.mapper().createObjectNode();
    int usual = ranks.values().iterator().next();
    node.put("peft_type", "LORA").put("r", usual);
    ObjectNode others = node.putObject("rank_pattern");
    ranks.forEach(
        (module, rank) -> {
          node.withArray("target_modules").add(module);
          if (rank != usual) {
            others.put(expression(module), rank);
          }
        });
    return node;
  }

  /** Puts the alphas that make the factor of every module's products the same. */
  static void putAlphas(ObjectNode node, Map<String, Integer> ranks, double scale) {
    int usual = node.path("r").intValue();
    node.put("lora_alpha", scale * usual);
    ObjectNode others = node.putObject("alpha_pattern");
    ranks.forEach(
        (module, rank) -> {
          if (rank != usual) {
            others.put(expression(module), scale * rank);
          }
        });
  }

  private static String expression(String module) {
    return "^" + module.replace(".", "\\.");
  }
}
