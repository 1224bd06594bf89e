package dev.palimpsest.decoder.family;

import dev.palimpsest.EditDistance;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.inference.DecoderException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The families that can be run, by their name in config.json. */
public final class Families {
  private static final Map<String, Family> KNOWN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("falcon", new Falcon()),
              Map.entry("gemma", new Gemma(1)),
              Map.entry("gemma2", new Gemma(2)),
              Map.entry("gemma3_text", new Gemma(3)),
              Map.entry("gpt2", new Gpt2()),
              Map.entry("gpt_neox", new GptNeoX()),
              Map.entry("granite", new Granite()),
              Map.entry("gpt_oss", new GptOss()),
              Map.entry("llama", new Llama()),
              Map.entry("ministral", new Mistral(true)),
              Map.entry("mistral", new Mistral(false)),
              Map.entry("mixtral", new Mixtral()),
              Map.entry("olmo2", new Olmo2()),
              Map.entry("opt", new Opt()),
              Map.entry("phi", new Phi()),
              Map.entry("phi3", new Phi3()),
              Map.entry("qwen2", new Qwen(false)),
              Map.entry("qwen2_moe", new QwenMoe(false)),
              Map.entry("qwen3", new Qwen(true)),
              Map.entry("qwen3_moe", new QwenMoe(true)),
              Map.entry("smollm3", new SmolLm3()),
              Map.entry("stablelm", new StableLm())));

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
    Unsupported.refuse(config);
    return family.describe(config);
  }

  private static String closest(String type) {
    return KNOWN.keySet().stream()
        .min(Comparator.comparingInt(name -> EditDistance.between(name, type)))
        .orElseThrow();
  }
}
