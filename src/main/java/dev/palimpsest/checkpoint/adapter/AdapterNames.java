package dev.palimpsest.checkpoint.adapter;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.tensor.WrapperNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes from the names of an adapter's tensors what says nothing of the module: the adapter's own
 * name, as in {@code lora_A.sft.weight}, and the names of training wrappers; and adds the path of
 * the base model where the adapter was trained on that alone.
 */
final class AdapterNames {
  static final String PREFIX = "base_model.model.";

  private static final Pattern NAMED =
      Pattern.compile(
          "(.*\\.(?:lora_[AB]|lora_magnitude_vector))\\.([^.]+)\\.(weight|bias)"
              + "|(.*\\.(?:lora_embedding_[AB]|lora_magnitude_vector|trainable_tokens_delta))\\.([^.]+)");

  /** Modules that begin a bare model, by the path that its whole model has it under. */
  private static final Map<String, String> BARE =
      Map.of(
          "layers", "model.",
          "embed_tokens", "model.",
          "decoder", "model.",
          "h", "transformer.",
          "wte", "transformer.",
          "word_embeddings", "transformer.",
          "embed_in", "gpt_neox.");

  private static final Pattern GPT_NEOX =
      Pattern.compile("layers\\.\\d+\\.(attention\\.|mlp\\.dense_).*");

  private final Optional<String> own;

  private AdapterNames(Optional<String> own) {
    this.own = own;
  }

  /**
   * Looks at all names of a file.
   *
   * @throws CheckpointException if they are those of several adapters
   */
  static AdapterNames of(Collection<String> names) {
    Set<String> adapters = new TreeSet<>();
    for (String name : names) {
      Matcher named = NAMED.matcher(WrapperNames.without(name));
      if (named.matches()) {
        adapters.add(named.group(2) != null ? named.group(2) : named.group(5));
      }
    }
    adapters.remove("weight"); // of lora_magnitude_vector.weight
    if (adapters.size() > 1) {
      throw new CheckpointException(
          Adapter.WEIGHTS,
          "holds the tensors of several adapters (%s); save each in a folder of its own: model.save_pretrained('DIR', selected_adapters=['%s'])"
              .formatted(
                  Printable.text(String.join(", ", adapters)),
                  Printable.text(adapters.iterator().next())));
    }
    return new AdapterNames(adapters.stream().findFirst());
  }

  /**
   * Returns the module and part of a tensor, without what stands before the base's own path.
   *
   * @throws CheckpointException if the name is not as PEFT writes it
   */
  String moduleAndPart(String name) {
    String plain = WrapperNames.without(name);
    if (!plain.startsWith(PREFIX) || plain.startsWith(PREFIX, PREFIX.length())) {
      throw new CheckpointException(
          Adapter.WEIGHTS,
          "tensor %s does not begin with one %s; save the adapter again with PEFT"
              .formatted(Printable.text(name), PREFIX));
    }
    return completed(withoutOwn(plain.substring(PREFIX.length())));
  }

  private String withoutOwn(String rest) {
    String plain = rest;
    for (String adapter : own.map(name -> List.of(name, "default")).orElse(List.of("default"))) {
      plain = withoutNamed(plain, adapter);
    }
    return plain;
  }

  private static String withoutNamed(String rest, String adapter) {
    Matcher named = NAMED.matcher(rest);
    if (named.matches()) {
      boolean part = adapter.equals(named.group(2));
      boolean end = adapter.equals(named.group(5));
      String shorter = end ? named.group(4) : rest;
      return part ? named.group(1) + "." + named.group(3) : shorter;
    }
    return rest.replace(".modules_to_save." + adapter + ".", ".modules_to_save.");
  }

  /** Returns the path that a module of a bare model has in the whole. */
  private static String completed(String rest) {
    if (GPT_NEOX.matcher(rest).matches()) {
      return "gpt_neox." + rest;
    }
    return BARE.getOrDefault(rest.split("\\.", 2)[0], "") + rest;
  }

  /** Returns what was taken off or added, in sentences that follow the adapter's name. */
  List<String> notes(Collection<String> names) {
    List<String> notes = new ArrayList<>(WrapperNames.note(names).stream().toList());
    if (names.stream().anyMatch(AdapterNames::isBare)) {
      notes.add("was trained on the model without its head; its modules are taken for the model's");
    }
    own.filter(name -> !name.equals("default"))
        .ifPresent(
            name ->
                notes.add(
                    "has its name (%s) in those of its tensors; it is taken off"
                        .formatted(Printable.text(name))));
    return notes;
  }

  private static boolean isBare(String name) {
    String rest = WrapperNames.without(name).substring(PREFIX.length());
    return !completed(rest).equals(rest);
  }
}
