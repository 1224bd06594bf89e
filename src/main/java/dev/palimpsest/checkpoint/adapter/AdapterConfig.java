package dev.palimpsest.checkpoint.adapter;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What adapter_config.json says about a LoRA adapter.
 *
 * <p>Pattern keys are regular expressions over module names that must match the whole name or its
 * end after a dot, as PEFT matches them; they are run by an engine of linear time.
 *
 * @param peftType always {@code LORA}
 * @param rank the rank r where no pattern says otherwise, above 0
 * @param alpha lora_alpha where no pattern says otherwise
 * @param rankPattern ranks by pattern, in order
 * @param alphaPattern alphas by pattern, in order
 * @param useRslora whether the change is scaled by alpha / sqrt(r) instead of alpha / r
 * @param useDora whether the weights' magnitudes are trained apart
 * @param loraBias whether what is added to a module has a bias of its own
 * @param bias {@code none}, {@code all} or {@code lora_only}
 * @param fanInFanOut whether the base stores these weights as [in, out]
 * @param targets the modules that were trained
 * @param targetParameters the ends of names of single parameters that were trained
 * @param tokenIndices by the end of an embedding's name the tokens whose rows were trained; by
 *     {@code ""} those of the input embedding
 * @param tiesWeights whether what it does to an embedding holds for a head that shares its table
 * @param modulesToSave names of modules that the adapter replaces wholly
 * @param layersToTransform the layers that were trained; empty for all
 * @param start what is taken off the base's weights before the products are added
 * @param baseModel what the adapter says it was trained on, for display only
 */
public record AdapterConfig(
    String peftType,
    int rank,
    double alpha,
    Map<String, Integer> rankPattern,
    Map<String, Double> alphaPattern,
    boolean useRslora,
    boolean useDora,
    boolean loraBias,
    String bias,
    boolean fanInFanOut,
    AdapterTargets targets,
    List<String> targetParameters,
    Map<String, List<Integer>> tokenIndices,
    boolean tiesWeights,
    List<String> modulesToSave,
    List<Integer> layersToTransform,
    AdapterStart start,
    Optional<String> baseModel) {
  /** Returns the rank r, named as in the file. */
  public int r() {
    return rank;
  }

  /** Returns lora_alpha, named as in the file. */
  public double loraAlpha() {
    return alpha;
  }

  /** Returns the rank for a module, for example {@code model.layers.0.mlp.up_proj}. */
  public int rankOf(String module) {
    return firstMatch(rankPattern, module).orElse(rank);
  }

  /** Returns the factor of B·A for a module: alpha / r, or alpha / sqrt(r) with rsLoRA. */
  public double scalingOf(String module) {
    double moduleAlpha = firstMatch(alphaPattern, module).orElse(alpha);
    int moduleRank = rankOf(module);
    return moduleAlpha / (useRslora ? Math.sqrt(moduleRank) : moduleRank);
  }

  private static <T> Optional<T> firstMatch(Map<String, T> patterns, String module) {
    return patterns.entrySet().stream()
        .filter(entry -> modulePattern(entry.getKey()).matcher(module).find())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Compiles a pattern key as PEFT reads it. */
  static Pattern modulePattern(String key) {
    return Pattern.compile("^(.*\\.)?(" + key + ")$");
  }

  /** Returns the number of a layer in a module's name, if there is one. */
  public static OptionalInt layerOf(String module) {
    for (String part : module.split("\\.", -1)) {
      if (!part.isEmpty()
          && part.length() < 9
          && part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return OptionalInt.of(Integer.parseInt(part));
      }
    }
    return OptionalInt.empty();
  }
}
