package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the weights of a checkpoint are quantised, as {@code quantization_config} says.
 *
 * <p>Quantised weights are read as the float32 numbers that they stand for; activations are never
 * quantised, whatever the method's own kernels do.
 */
public final class Quantisation {
  private static final String SECTION = "quantization_config";
  private static final List<String> ANNOUNCED = List.of(".qweight", ".SCB", ".weight_packed");

  private final String file;
  private final String method;
  private final List<QuantisedFormat> formats;

  private Quantisation(String file, String method, List<QuantisedFormat> formats) {
    this.file = file;
    this.method = method;
    this.formats = List.copyOf(formats);
  }

  /** Weights that a folder without configuration may hold. */
  public static Quantisation none() {
    return new Quantisation("", "", FourBitFormat.ALL);
  }

  /**
   * Reads what a configuration says.
   *
   * @throws CheckpointException if weights of that kind cannot be read, naming the method
   */
  public static Quantisation of(ModelConfig config) {
    if (config.has("compression_config")) {
      throw unsupported(config.file(), "compressed-tensors", "");
    }
    return config
        .section(SECTION)
        .filter(section -> !section.node().isEmpty())
        .map(section -> read(config.file(), section))
        .orElseGet(() -> new Quantisation(config.file(), "", List.of()));
  }

  private static Quantisation read(String file, ModelConfig section) {
    String method =
        section.text("quant_method", bitsAndBytes(section) ? "bitsandbytes" : "unknown");
    List<QuantisedFormat> formats =
        switch (method) {
          case "bitsandbytes" -> bitsAndBytesFormats(file, section);
          case "gptq" -> List.of(GptqFormat.of(file, section));
          case "awq" -> List.of(AwqFormat.of(file, section));
          case "mxfp4" -> List.of(new Mxfp4Format());
          default -> throw unsupported(file, method, "");
        };
    return new Quantisation(file, method, formats);
  }

  private static boolean bitsAndBytes(ModelConfig section) {
    return section.has("load_in_4bit") || section.has("load_in_8bit");
  }

  private static List<QuantisedFormat> bitsAndBytesFormats(String file, ModelConfig section) {
    if (section.flag("load_in_4bit", false)) {
      return FourBitFormat.ALL;
    }
    if (section.flag("load_in_8bit", false)) {
      return List.of(new Int8Format());
    }
    throw unsupported(file, "bitsandbytes", ": neither load_in_4bit nor load_in_8bit is true");
  }

  /** Returns the failure for weights that cannot be read. */
  static CheckpointException unsupported(String file, String method, String reason) {
    return new CheckpointException(
        file,
        "has unsupported quantization %s%s; give the unquantised checkpoint, or a GGUF"
            .formatted(Printable.text(method), reason));
  }

  /**
   * Returns the tensors with each quantised weight in place of its parts.
   *
   * @throws CheckpointException if parts do not fit, or there are none of those that were announced
   */
  public Collection<TensorSource> unfold(Map<String, StoredTensor> tensors) {
    Map<String, QuantisedFormat> weights = weights(tensors);
    requireAnnounced(tensors, weights);
    Set<String> parts = new HashSet<>();
    List<TensorSource> unfolded = new ArrayList<>();
    weights.forEach(
        (weight, format) -> {
          parts.addAll(format.parts(weight));
          unfolded.add(JoinedTensor.of(() -> format.join(tensors, weight)));
        });
    tensors.values().stream()
        .filter(tensor -> !parts.contains(tensor.info().name()))
        .forEach(unfolded::add);
    return unfolded;
  }

  private Map<String, QuantisedFormat> weights(Map<String, StoredTensor> tensors) {
    Map<String, QuantisedFormat> weights = new LinkedHashMap<>();
    for (String name : new TreeMap<>(tensors).keySet()) {
      for (QuantisedFormat format : formats) {
        format.weightOf(name).ifPresent(weight -> weights.put(weight, format));
      }
    }
    return weights;
  }

  private void requireAnnounced(
      Map<String, StoredTensor> tensors, Map<String, QuantisedFormat> weights) {
    if (weights.isEmpty() && !method.isEmpty()) {
      throw new CheckpointException(
          file,
          "has quantization_config for %s, but no weight is quantised that way; remove the field if they are meant to be whole, as transformers would quantise them anew"
              .formatted(Printable.text(method)));
    }
    boolean packed = tensors.keySet().stream().anyMatch(Quantisation::isPart);
    if (weights.isEmpty() && packed && !file.isEmpty()) {
      throw CheckpointException.missing(file, SECTION, "how the packed weights were quantised");
    }
  }

  private static boolean isPart(String tensor) {
    return ANNOUNCED.stream().anyMatch(tensor::endsWith) || tensor.contains(".quant_state.");
  }
}
