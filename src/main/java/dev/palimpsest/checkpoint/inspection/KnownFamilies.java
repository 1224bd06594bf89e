package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.EditDistance;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The decoder families that this program knows by name, supported or not yet. */
public final class KnownFamilies {
  private static final List<String> NOT_YET =
      List.of(
          "bloom",
          "cohere",
          "cohere2",
          "deepseek_v2",
          "deepseek_v3",
          "gemma3",
          "glm",
          "glm4",
          "gpt_bigcode",
          "gptj",
          "internlm2",
          "mamba",
          "mpt",
          "olmo",
          "olmo3",
          "starcoder2");

  private KnownFamilies() {}

  /** Returns all names, supported ones first. */
  static List<String> names() {
    return Stream.concat(supported().stream(), NOT_YET.stream()).distinct().toList();
  }

  private static Set<String> supported() {
    return new TreeSet<>(FamilyCatalogue.installed().names());
  }

  /** Refuses a family that the decoder does not run, with what is nearest to it. */
  static void requireSupported(String file, String family) {
    if (supported().contains(family)) {
      return;
    }
    String supported = String.join(", ", supported());
    String state =
        names().contains(family)
            ? "is known but not supported yet"
            : "is not supported"
                + closest(family).map(name -> " (closest: " + name + ")").orElse("");
    throw new CheckpointException(
        file,
        "architecture %s %s; supported: %s".formatted(Printable.text(family), state, supported));
  }

  /** Returns the known family whose name is most like the given one, if it is alike at all. */
  static Optional<String> closest(String family) {
    return names().stream()
        .min(Comparator.comparingInt(name -> EditDistance.between(name, family)))
        .filter(
            name ->
                2 * EditDistance.between(name, family) <= Math.max(name.length(), family.length()));
  }
}
