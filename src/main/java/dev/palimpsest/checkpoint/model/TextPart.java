package dev.palimpsest.checkpoint.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tensor.RenamedTensors;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The language model inside a checkpoint that sees images as well: its configuration lies in {@code
 * text_config}, its tensors below {@code language_model}.
 *
 * <p>Given text alone, the models that are listed here compute what their text part computes.
 */
public final class TextPart {
  /**
   * Whose text part reads text as a model of its own does, and whether its head is its embedding
   * where neither configuration says so; the outer one comes first.
   */
  private static final Map<String, Boolean> WHOLES =
      Map.of("gemma3", true, "llava", false, "llava_next", false, "mistral3", true);

  private static final String SECTION = "text_config";
  private static final String VOCABULARY = "vocab_size";
  private static final String TIED = "tie_word_embeddings";

  /** Fields that hold for the text part where it has none of its own. */
  private static final List<String> SHARED =
      List.of(
          "bos_token_id",
          "eos_token_id",
          "pad_token_id",
          "quantization_config",
          "compression_config",
          "dtype",
          "torch_dtype");

  private static final String OLD = "language_model.";
  private static final String NEW = "model.language_model.";
  private static final String BASE = "model.";

  /** The parts of such models that see images. */
  private static final List<String> OTHERS = List.of("vision_tower.", "multi_modal_projector.");

  private TextPart() {}

  /** Tells whether a configuration is of a model that has such a part. */
  static boolean isIn(ModelConfig whole) {
    return WHOLES.containsKey(whole.text("model_type", "")) && whole.has(SECTION);
  }

  /** Returns the configuration of the text part. */
  static ModelConfig config(ModelConfig whole) {
    ObjectNode text = whole.section(SECTION).orElseThrow().node();
    ObjectNode outside = whole.node();
    for (String field : SHARED) {
      if (!text.hasNonNull(field) && outside.hasNonNull(field)) {
        text.set(field, outside.get(field));
      }
    }
    ModelConfig own = new ModelConfig(whole.file(), text);
    boolean tied = WHOLES.get(whole.modelType());
    return own.with(TIED, whole.flag(TIED, tied || own.flag(TIED, false)));
  }

  /** Returns the configuration with the vocabulary's size, where the file leaves it out. */
  static ModelConfig sized(ModelConfig text, TensorStore tensors) {
    String table = BASE + "embed_tokens.weight";
    return text.has(VOCABULARY) || !tensors.contains(table)
        ? text
        : text.with(VOCABULARY, tensors.info(table).shape()[0]);
  }

  /** Returns the tensors of the whole by the names that those of the text part have alone. */
  static TensorStore tensors(String subject, TensorStore whole) {
    Map<String, String> stored = new LinkedHashMap<>();
    for (String name : whole.names()) {
      String before = stored.putIfAbsent(nameAlone(name), name);
      if (before != null) {
        throw new CheckpointException(
            subject,
            "holds both %s and %s".formatted(Printable.text(before), Printable.text(name)));
      }
    }
    return new RenamedTensors(subject, whole, stored);
  }

  /** Tells whether a module lies in a part that text does not reach. */
  public static boolean isBeside(String module) {
    String path = module.startsWith(BASE) ? module.substring(BASE.length()) : module;
    return OTHERS.stream().anyMatch(path::startsWith);
  }

  /** Returns the name that a module or tensor of the text part has in a model of its own. */
  public static String nameAlone(String name) {
    if (name.startsWith(NEW)) {
      return BASE + name.substring(NEW.length());
    }
    return name.startsWith(OLD) ? name.substring(OLD.length()) : name;
  }
}
