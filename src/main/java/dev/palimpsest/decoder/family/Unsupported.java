package dev.palimpsest.decoder.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.ModelConfig;

/**
 * Fields of a config that would change what a model computes and that no description follows: they
 * are refused unless they leave things as they are, never computed wrongly.
 */
final class Unsupported {
  private Unsupported() {}

  /** Refuses what no family of decoders follows. */
  static void refuse(ModelConfig config) {
    unlessOff(config, "is_encoder_decoder");
    unlessOff(config, "add_cross_attention");
    JsonNode pruned = config.node().path("pruned_heads");
    if (!pruned.isMissingNode() && !pruned.isNull() && !pruned.isEmpty()) {
      throw config.wrong("pruned_heads", "none; pruned heads are not supported");
    }
  }

  /** Refuses a field that is not false. */
  static void unlessOff(ModelConfig config, String field) {
    if (config.flag(field, false)) {
      throw config.wrong(field, "false; it is not supported");
    }
  }
}
