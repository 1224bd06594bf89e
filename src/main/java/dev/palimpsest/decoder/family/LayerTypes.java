package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;
import java.util.function.IntPredicate;

/** Which layers see only a window of the last tokens. */
final class LayerTypes {
  private static final String FIELD = "layer_types";
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";

  private LayerTypes() {}

  /**
   * Returns the window of each layer, 0 for none.
   *
   * @param window tokens that a sliding layer sees, its own included; 0 if no layer slides
   * @param sliding tells the sliding layers where the config has no {@code layer_types}
   */
  static int[] windows(ModelConfig config, int layers, int window, IntPredicate sliding) {
    List<String> types = config.texts(FIELD);
    if (!types.isEmpty() && types.size() != layers) {
      throw config.wrong(FIELD, "one type for each of the " + layers + " layers");
    }
    int[] windows = new int[layers];
    for (int layer = 0; layer < layers; layer++) {
      boolean slides = types.isEmpty() ? sliding.test(layer) : slides(config, types.get(layer));
      windows[layer] = slides ? window : 0;
    }
    return windows;
  }

  private static boolean slides(ModelConfig config, String type) {
    if (!type.equals(SLIDING) && !type.equals(FULL)) {
      throw config.wrong(FIELD, "a list of " + FULL + " and " + SLIDING);
    }
    return type.equals(SLIDING);
  }
}
