package dev.palimpsest.decoder.weights;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Locale;

/** How a LoRA adapter is scaled, as its adapter_config.json says. */
final class LoraConfig {
  private final ModelConfig config;

  /** Wraps the config of an adapter and refuses kinds that are not LoRA, by name. */
  LoraConfig(ModelConfig config) {
    this.config = config;
    String kind = config.text("peft_type", "LORA");
    if (!kind.toUpperCase(Locale.ROOT).equals("LORA")) {
      throw new CheckpointException(
          config.file(), "unsupported adapter kind: peft_type " + kind + "; LORA is supported.");
    }
    refuse("use_qalora");
    refuse("alora_invocation_tokens");
    refuse("trainable_token_indices");
    refuse("target_parameters");
  }

  private void refuse(String field) {
    boolean used =
        config.has(field) && !config.node().get(field).toString().matches("false|\\[]|\\{}");
    if (used) {
      throw new CheckpointException(
          config.file(), "the LoRA option \"" + field + "\" is not supported.");
    }
  }

  /** Returns the rank that a module should have. */
  int rank(String module) {
    return (int) of("rank_pattern", module, config.positiveInt("r"));
  }

  /** Returns the factor of a module's low-rank product: alpha / r, or alpha / sqrt(r). */
  double scale(String module) {
    double alpha = of("alpha_pattern", module, config.number("lora_alpha", 8));
    int rank = rank(module);
    return config.flag("use_rslora", false) ? alpha / Math.sqrt(rank) : alpha / rank;
  }

  String file() {
    return config.file();
  }

  /** The first pattern that matches the end of the module's name decides. */
  private double of(String field, String module, double otherwise) {
    if (config.section(field).isEmpty()) {
      return otherwise;
    }
    ModelConfig patterns = config.section(field).get();
    var keys = patterns.node().fieldNames();
    while (keys.hasNext()) {
      String key = keys.next();
      if (matches(key, module)) {
        return patterns.positiveNumber(key);
      }
    }
    return otherwise;
  }

  private boolean matches(String key, String module) {
    try {
      return Pattern.matches("(.*\\.)?(" + key + ")", module);
    } catch (PatternSyntaxException e) {
      throw new CheckpointException(
          config.file(), "the pattern \"" + key + "\" is not understood: " + e.getMessage() + ".");
    }
  }
}
