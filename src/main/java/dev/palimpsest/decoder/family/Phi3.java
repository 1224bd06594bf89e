package dev.palimpsest.decoder.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Phi 3 and 4: a Llama whose projections are stored together. */
final class Phi3 implements Family {
  /** Of its config class in transformers, where they are not those of Llama. */
  private static final Map<String, ?> DEFAULTS =
      Map.of("rms_norm_eps", 1e-5, "max_position_embeddings", 4096);

  private static final String ORIGINAL_LENGTH = "original_max_position_embeddings";
  private static final int ABSENT_LENGTH = 4096;

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(DEFAULTS);
    Blueprint.Builder model = Llama.unturned(config);
    model.ropes = List.of(rope(config, model.sizes));
    model.restarts = model.ropes.get(0).limit() > 0;
    Sizes sizes = model.sizes;
    int width = sizes.queryWidth() + 2 * sizes.keyWidth();
    model.qkv = Linear.of(Llama.ATTENTION + "qkv_proj", width, false);
    model.up = Linear.of(Llama.MLP + "gate_up_proj", 2 * sizes.intermediate(), false);
    Arrays.fill(model.windows, config.positiveInt("sliding_window", 0));
    return model.build();
  }

  /** Files of the first versions call "longrope" "su" or "yarn"; no other type is known. */
  private static RopeSettings rope(ModelConfig config, Sizes sizes) {
    ModelConfig given = RopeSettings.parameters(config);
    String field = given.has("rope_type") ? "rope_type" : "type";
    String type = given.text(field, "default");
    if (!Set.of("default", "longrope", "su", "yarn").contains(type)) {
      throw given.wrong(field, "default or longrope");
    }
    ObjectNode fields = given.node();
    fields.put("rope_type", type.equals("default") ? type : "longrope");
    int original = config.positiveInt(ORIGINAL_LENGTH, ABSENT_LENGTH);
    fields.put(ORIGINAL_LENGTH, original);
    ModelConfig parameters = new ModelConfig(config.file(), fields);
    double theta = config.positiveNumber("rope_theta", RopeSettings.DEFAULT_THETA);
    return RopeSettings.of(config, sizes, parameters, theta);
  }
}
