package dev.palimpsest.checkpoint.tensor;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parts of tensor names that training wrappers add around a module and that say nothing of it.
 *
 * <p>The names are those that torch gives the attribute in which a wrapper keeps what it wraps.
 */
public final class WrapperNames {
  /** Whose they are; no family that is read here has a module of such a name itself. */
  private static final Map<String, String> WRAPPERS =
      Map.of(
          "module", "data parallelism",
          "_orig_mod", "torch.compile",
          "_fsdp_wrapped_module", "FSDP",
          "_fpw_module", "FSDP",
          "_forward_module", "Lightning Fabric",
          "_checkpoint_wrapped_module", "activation checkpointing");

  /** A factor of a LoRA, as PEFT calls it. */
  private static final Pattern FACTOR = Pattern.compile(".*\\.lora_(embedding_)?[AB](\\..*)?");

  /** Stands before a whole model that PEFT wrapped; in an adapter's file before every name. */
  private static final String PEFT = "base_model.model.";

  private WrapperNames() {}

  /** Returns a name without the parts that wrappers added. */
  public static String without(String name) {
    return Stream.of(name.split("\\.", -1))
        .filter(part -> !WRAPPERS.containsKey(part))
        .collect(Collectors.joining("."));
  }

  /** Returns the name of a whole model's tensor without wrappers, PEFT among them. */
  private static String ofModel(String name) {
    String plain = without(name);
    return plain.startsWith(PEFT) ? ofModel(plain.substring(PEFT.length())) : plain;
  }

  /**
   * Returns the tensors of a whole model by their names without wrappers.
   *
   * @param subject the file or folder that failures name
   * @throws CheckpointException if two tensors have one name then, or a LoRA is not merged into the
   *     weights beside it
   */
  public static TensorStore without(String subject, TensorStore tensors) {
    Set<String> names = tensors.names();
    names.forEach(name -> requireMerged(subject, name));
    if (names.stream().allMatch(name -> ofModel(name).equals(name))) {
      return tensors;
    }
    Map<String, String> stored = new LinkedHashMap<>();
    for (String name : names) {
      String before = stored.putIfAbsent(ofModel(name), name);
      if (before != null) {
        throw clash(subject, before, name);
      }
    }
    return new RenamedTensors(subject, tensors, stored);
  }

  private static void requireMerged(String subject, String name) {
    if (FACTOR.matcher(name).matches()) {
      throw new CheckpointException(
          subject,
          "holds a LoRA beside the weights it is for (%s); merge it where the model was trained: model.merge_and_unload().save_pretrained('OUT'), or save it alone: model.save_pretrained('OUT')"
              .formatted(Printable.text(name)));
    }
  }

  /** Returns the failure for two tensors that differ only in wrappers. */
  public static CheckpointException clash(String subject, String one, String other) {
    return new CheckpointException(
        subject,
        "holds both %s and %s, which differ only in the name of a training wrapper (%s); save one of them"
            .formatted(
                Printable.text(one), Printable.text(other), foundInModel(List.of(one, other))));
  }

  /** Returns a note that follows the file's name where tensors have names of wrappers. */
  public static Optional<String> note(Collection<String> names) {
    return noteOf(found(names));
  }

  /** As {@link #note}, of a whole model's tensors. */
  public static Optional<String> noteOfModel(Collection<String> names) {
    return noteOf(foundInModel(names));
  }

  private static Optional<String> noteOf(String found) {
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "has names of training wrappers in those of its tensors (%s); they are taken off"
                .formatted(found));
  }

  private static String foundInModel(Collection<String> names) {
    boolean peft = names.stream().anyMatch(name -> without(name).startsWith(PEFT));
    return Stream.of(peft ? "base_model.model of PEFT" : "", found(names))
        .filter(found -> !found.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String found(Collection<String> names) {
    Map<String, Set<String>> wrappers = new TreeMap<>();
    for (String name : names) {
      for (String part : name.split("\\.", -1)) {
        if (WRAPPERS.containsKey(part)) {
          wrappers.computeIfAbsent(WRAPPERS.get(part), key -> new TreeSet<>()).add(part);
        }
      }
    }
    return wrappers.entrySet().stream()
        .map(found -> String.join(", ", found.getValue()) + " of " + found.getKey())
        .collect(Collectors.joining("; "));
  }
}
