package dev.palimpsest.decoder.family;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One kind of rotary position embedding, as config.json gives it.
 *
 * <p>Both spellings are read: {@code rope_parameters} with everything inside, and {@code
 * rope_theta}, {@code partial_rotary_factor} and {@code rope_scaling} beside each other.
 *
 * @param type "default", "linear", "dynamic", "llama3" or "yarn"
 * @param theta base of the wavelengths
 * @param dimensions leading dimensions of each head that are rotated
 * @param maxLength longest sequence of the model
 * @param originalLength longest sequence of the first training
 * @param parameters the further numbers of the type
 */
public record RopeSettings(
    String type,
    double theta,
    int dimensions,
    int maxLength,
    int originalLength,
    ModelConfig parameters) {
  static final double DEFAULT_THETA = 10_000;
  private static final String ORIGINAL_LENGTH = "original_max_position_embeddings";
  private static final Set<String> KNOWN =
      Set.of("default", "linear", "dynamic", "llama3", "yarn", "longrope");

  public RopeSettings {
    Objects.requireNonNull(type, "type is null");
    Objects.requireNonNull(parameters, "parameters is null");
  }

  /** Refuses a share of each head in families that rotate whole heads, whatever a config says. */
  static void requireWholeHeads(ModelConfig config) {
    for (ModelConfig given : List.of(config, parameters(config))) {
      if (given.number("partial_rotary_factor", 1) != 1) {
        throw given.wrong("partial_rotary_factor", "1; this family rotates whole heads");
      }
    }
  }

  /** Reads the settings that hold for all layers. */
  static RopeSettings of(ModelConfig config, Sizes sizes) {
    return of(config, sizes, DEFAULT_THETA);
  }

  /** Reads the settings that hold for all layers, where a family has a base of its own. */
  static RopeSettings of(ModelConfig config, Sizes sizes, double theta) {
    double given = config.positiveNumber("rope_theta", theta);
    return of(config, sizes, parameters(config), given);
  }

  /** Reads the settings that hold for all layers, where a family rotates a share of each head. */
  static RopeSettings partial(ModelConfig config, Sizes sizes, double rotated) {
    double theta = config.positiveNumber("rope_theta", DEFAULT_THETA);
    double share = config.positiveNumber("partial_rotary_factor", rotated);
    return of(config, sizes, parameters(config), theta, share);
  }

  /** Reads the settings that one kind of layer has of its own. */
  static RopeSettings of(ModelConfig config, Sizes sizes, ModelConfig parameters, double theta) {
    double rotated = config.positiveNumber("partial_rotary_factor", 1);
    return of(config, sizes, parameters, theta, rotated);
  }

  /**
   * Reads settings.
   *
   * @param theta base of the wavelengths, if the parameters have none
   * @param rotated share of each head that is rotated, if the parameters have none
   */
  static RopeSettings of(
      ModelConfig config, Sizes sizes, ModelConfig parameters, double theta, double rotated) {
    int original = parameters.positiveInt(ORIGINAL_LENGTH, sizes.maxLength());
    int dimensions = dimensions(sizes, parameters, rotated);
    if (type(parameters).equals("longrope")) {
      LongRope.check(parameters, dimensions / 2);
    }
    return new RopeSettings(
        type(parameters),
        parameters.positiveNumber("rope_theta", theta),
        dimensions,
        sizes.maxLength(),
        config.positiveInt(ORIGINAL_LENGTH, original), // the one at the top wins
        parameters);
  }

  /** Returns the parameters in either spelling. */
  static ModelConfig parameters(ModelConfig config) {
    return config
        .section("rope_scaling")
        .filter(scaling -> !scaling.node().isEmpty())
        .or(() -> config.section("rope_parameters"))
        .orElseGet(() -> none(config));
  }

  /** Returns parameters of the default type. */
  static ModelConfig none(ModelConfig config) {
    return new ModelConfig(config.file(), JsonNodeFactory.instance.objectNode());
  }

  private static int dimensions(Sizes sizes, ModelConfig parameters, double rotated) {
    double share = parameters.positiveNumber("partial_rotary_factor", rotated);
    int dimensions = (int) (sizes.headSize() * share);
    if (share == 1 && dimensions % 2 != 0) {
      throw CheckpointException.ofField(
          parameters.file(),
          "head_dim",
          Integer.toString(dimensions),
          "an even number (rotary positions)");
    }
    if (dimensions == 2 && type(parameters).equals("dynamic")) {
      throw parameters.wrong(
          parameters.has("rope_type") ? "rope_type" : "type",
          "another type, as but 2 dimensions of a head are rotated");
    }
    if (dimensions < 2 || dimensions > sizes.headSize() || dimensions % 2 != 0) {
      throw new CheckpointException(
          parameters.file(),
          "a share of %s leaves %d of %d dimensions of a head to rotate; an even number is needed."
              .formatted(share, dimensions, sizes.headSize()));
    }
    return dimensions;
  }

  private static String type(ModelConfig parameters) {
    String type = parameters.text("rope_type", parameters.text("type", "default"));
    if (!KNOWN.contains(type)) {
      String field = parameters.has("rope_type") ? "rope_type" : "type";
      throw parameters.wrong(field, "one of " + KNOWN.stream().sorted().toList());
    }
    return type;
  }

  /** Returns what cosines and sines are multiplied with. */
  public double scale() {
    return switch (type) {
      case "yarn" -> Yarn.scale(this);
      case "longrope" -> LongRope.scale(this);
      default -> 1;
    };
  }

  /**
   * Returns the length of a sequence up to which its frequencies are the first ones; 0 if they are
   * the same for all lengths.
   *
   * <p>As in transformers, the whole sequence's length counts for a prompt and for what is scored.
   * In a generation each new token is rotated by the length that it makes; keys that were computed
   * before stay, but in Phi 3, which computes all anew when it comes to the second set. A model
   * object of transformers also remembers the longest sequence that it saw ("dynamic"); every
   * sequence is computed here as by a fresh one.
   */
  public int limit() {
    return switch (type) {
      case "dynamic" -> maxLength;
      case "longrope" -> originalLength;
      default -> 0;
    };
  }

  /** Returns the factor of the type "dynamic", 0 for the others. */
  double growth() {
    return type.equals("dynamic") ? parameters.positiveNumber("factor") : 0;
  }

  /** Returns the dimensions of the inverse frequencies. */
  public long[] shape() {
    int pairs = dimensions / 2;
    return type.equals("longrope") ? new long[] {2, pairs} : new long[] {pairs};
  }
}
