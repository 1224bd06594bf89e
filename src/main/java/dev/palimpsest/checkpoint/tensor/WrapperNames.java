package dev.palimpsest.checkpoint.tensor;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Parts of tensor names that training wrappers add around a module and that say nothing of it.
 *
 * <p>The names are those that torch gives the attribute in which a wrapper keeps what it wraps.
 */
public final class WrapperNames {
  /** Stands around any module. */
  private static final Map<String, String> ANYWHERE =
      Map.of(
          "_orig_mod", "torch.compile",
          "_fsdp_wrapped_module", "FSDP",
          "_fpw_module", "FSDP",
          "_checkpoint_wrapped_module", "activation checkpointing");

  /** Stands around the whole model only; elsewhere it is a module's own name. */
  private static final String WHOLE = "module";

  private WrapperNames() {}

  /** Returns a name without the parts that wrappers added. */
  public static String without(String name) {
    List<String> kept = new ArrayList<>();
    for (String part : name.split("\\.", -1)) {
      boolean wrapper = ANYWHERE.containsKey(part) || (part.equals(WHOLE) && kept.isEmpty());
      if (!wrapper) {
        kept.add(part);
      }
    }
    return String.join(".", kept);
  }

  /**
   * Returns the tensors by their names without wrappers.
   *
   * @param subject the file or folder that failures name
   * @throws CheckpointException if two tensors have one name then
   */
  public static TensorStore without(String subject, TensorStore tensors) {
    Set<String> names = tensors.names();
    if (names.stream().allMatch(name -> without(name).equals(name))) {
      return tensors;
    }
    Map<String, String> stored = new LinkedHashMap<>();
    for (String name : names) {
      String before = stored.putIfAbsent(without(name), name);
      if (before != null) {
        throw clash(subject, before, name);
      }
    }
    return new RenamedTensors(subject, tensors, stored);
  }

  /** Returns the failure for two tensors that differ only in wrappers. */
  public static CheckpointException clash(String subject, String one, String other) {
    return new CheckpointException(
        subject,
        "holds both %s and %s, which differ only in the name of a training wrapper (%s); save one of them"
            .formatted(Printable.text(one), Printable.text(other), found(List.of(one, other))));
  }

  /** Returns a note that follows the file's name where tensors have names of wrappers. */
  public static Optional<String> note(Collection<String> names) {
    String found = found(names);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "has names of training wrappers in those of its tensors (%s); they are taken off"
                .formatted(found));
  }

  private static String found(Collection<String> names) {
    Map<String, Set<String>> wrappers = new TreeMap<>();
    for (String name : names) {
      List<String> kept = List.of(without(name).split("\\.", -1));
      for (String part : name.split("\\.", -1)) {
        if (ANYWHERE.containsKey(part)) {
          wrappers.computeIfAbsent(ANYWHERE.get(part), key -> new TreeSet<>()).add(part);
        } else if (part.equals(WHOLE) && !kept.contains(WHOLE)) {
          wrappers.computeIfAbsent("data parallelism", key -> new TreeSet<>()).add(part);
        }
      }
    }
    List<String> told = new ArrayList<>();
    wrappers.forEach((who, parts) -> told.add(String.join(", ", parts) + " of " + who));
    return String.join("; ", told);
  }
}
