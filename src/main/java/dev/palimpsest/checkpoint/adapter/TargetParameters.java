package dev.palimpsest.checkpoint.adapter;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The single parameters that an adapter was trained on, as PEFT writes them.
 *
 * <p>A file names only the module. Where several parameters of one module were trained, their
 * changes are nested: the last one's lies on the outside, those before it each one {@code
 * base_layer} deeper.
 */
final class TargetParameters {
  private static final String INNER = ".base_layer";

  /** Those that are run, in the order in which their modules define them. */
  private static final List<String> KNOWN = List.of("gate_up_proj", "down_proj", "weight");

  private TargetParameters() {}

  /** Returns the module of a place in the file. */
  static String module(String place) {
    return place.endsWith(INNER)
        ? module(place.substring(0, place.length() - INNER.length()))
        : place;
  }

  /**
   * Returns the parameter that the change at a place is for, or nothing if it is for a module.
   *
   * @param places all places in the file
   * @throws CheckpointException if it cannot be told
   */
  static Optional<String> of(AdapterConfig config, String place, Collection<String> places) {
    String module = module(place);
    List<String> trained =
        KNOWN.stream().filter(name -> isTarget(config, module + "." + name)).toList();
    int nested = (int) places.stream().filter(other -> module(other).equals(module)).count();
    if (trained.isEmpty() && nested == 1 && place.equals(module)) {
      return Optional.empty();
    }
    if (trained.size() != nested) {
      throw new CheckpointException(
          Adapter.WEIGHTS,
          "changes %d parameters of module %s, but target_parameters in %s name %d that are supported (%s)"
              .formatted(
                  nested,
                  Printable.text(module),
                  Adapter.CONFIG,
                  trained.size(),
                  String.join(", ", KNOWN)));
    }
    int depth = (place.length() - module.length()) / INNER.length();
    return Optional.of(trained.get(nested - 1 - depth));
  }

  /** Tells whether a parameter, named in full, was trained. */
  static boolean isTarget(AdapterConfig config, String parameter) {
    return config.targetParameters().stream()
        .anyMatch(target -> parameter.equals(target) || parameter.endsWith("." + target));
  }
}
