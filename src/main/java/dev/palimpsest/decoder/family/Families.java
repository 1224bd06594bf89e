package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.decoder.DecoderException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The families that can be run, by their name in config.json. */
public final class Families {
  private static final Map<String, Family> KNOWN = new TreeMap<>(Map.of("llama", new Llama()));

  private Families() {}

  /** Returns the names of all families. */
  public static Set<String> names() {
    return new TreeSet<>(KNOWN.keySet());
  }

  /**
   * Describes a model.
   *
   * @throws DecoderException if its family is not known
   * @throws dev.palimpsest.checkpoint.CheckpointException if its config lacks something
   */
  public static Blueprint describe(ModelConfig config) {
    String type = config.modelType();
    Family family = KNOWN.get(type);
    if (family == null) {
      throw new DecoderException(
          "The model family \"%s\" is not supported; the closest known one is \"%s\". Known: %s."
              .formatted(type, closest(type), String.join(", ", KNOWN.keySet())));
    }
    return family.describe(config);
  }

  private static String closest(String type) {
    return KNOWN.keySet().stream()
        .min(Comparator.comparingInt(name -> EditDistance.between(name, type)))
        .orElseThrow();
  }
}
