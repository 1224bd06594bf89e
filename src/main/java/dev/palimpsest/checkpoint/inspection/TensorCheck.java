package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.adapter.AdapterConfig;
import dev.palimpsest.checkpoint.inspection.FamilyCatalogue.ExpectedTensor;
import dev.palimpsest.checkpoint.tensor.Layout;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares the tensors of a checkpoint with those that its configuration calls for. */
final class TensorCheck {
  /** Rotary tables and causal masks in old files, which are computed anew and never read. */
  private static final Pattern BUFFER =
      Pattern.compile(
          ".*rotary(_emb)?\\.(inv_freq|cos_cached|sin_cached)|(.*\\.)?(attn|attention)\\.(masked_)?bias");

  /** A head that is tied to the embedding may be stored a second time. */
  private static final Pattern HEAD = Pattern.compile("(lm_head|embed_out)\\.weight");

  /** Nothing else of it may be left out. */
  private static final String HEAD_PREFIX = "lm_head.";

  private final TensorStore tensors;
  private final String prefix;
  private final Consumer<String> problems;
  private final Set<String> expected = new HashSet<>();

  private TensorCheck(TensorStore tensors, String prefix, Consumer<String> problems) {
    this.tensors = tensors;
    this.prefix = prefix + ".";
    this.problems = problems;
  }

  /**
   * Reports what is missing, has another shape, or does not belong.
   *
   * @param problems takes what makes the checkpoint unusable
   * @param notes takes what is worth knowing
   * @return the tensors that the model does not read
   */
  static Set<String> check(
      FamilyCatalogue families,
      ModelConfig config,
      TensorStore tensors,
      Consumer<String> problems,
      Consumer<String> notes) {
    TensorCheck check = new TensorCheck(tensors, families.basePrefix(config), problems);
    return check.compareAll(families.tensors(config)) ? check.unused(notes) : Set.of();
  }

  private boolean compareAll(List<ExpectedTensor> called) {
    Optional<String> wrapper = wrapper(called);
    if (wrapper.isPresent()) {
      problems.accept(
          "the tensors' names begin with %s, which no model's do; save the model itself and not what it was wrapped in"
              .formatted(Printable.text(wrapper.get())));
      return false;
    }
    Set<Integer> present = layers(tensors.names());
    for (ExpectedTensor tensor : called) {
      OptionalInt layer = AdapterConfig.layerOf(tensor.name());
      if (layer.isPresent() && !present.contains(layer.getAsInt())) {
        problems.accept(
            "missing tensors of layer %d: config.json asks for %d layers"
                .formatted(layer.getAsInt(), layers(names(called)).size()));
        return false;
      }
      compare(tensor);
    }
    return true;
  }

  /** Returns what stands before the name of the first tensor that the model needs, if it does. */
  private Optional<String> wrapper(List<ExpectedTensor> called) {
    String name = called.get(0).name();
    return tensors.contains(stored(called.get(0)))
        ? Optional.empty()
        : tensors.names().stream()
            .filter(other -> other.endsWith("." + name))
            .map(other -> other.substring(0, other.length() - name.length()))
            .findFirst();
  }

  /** Whole parts of another model (a vision tower, a value head) are left aside and named. */
  private Set<String> unused(Consumer<String> notes) {
    Set<String> unused = new HashSet<>();
    Set<String> own = expected.stream().map(this::part).collect(Collectors.toSet());
    Map<String, Integer> others = new TreeMap<>();
    for (String name : tensors.names()) {
      if (expected.contains(name) || HEAD.matcher(name).matches()) {
        continue;
      }
      if (BUFFER.matcher(name).matches()) {
        unused.add(name);
      } else if (own.contains(part(name)) || name.startsWith(HEAD_PREFIX)) {
        problems.accept("unexpected tensor " + Printable.text(name));
      } else {
        unused.add(name);
        others.merge(part(name), 1, Integer::sum);
      }
    }
    others.forEach(
        (part, count) ->
            notes.accept(
                "holds %d tensors of %s, which is no part of a model of this family; they are not used"
                    .formatted(count, Printable.text(part))));
    return unused;
  }

  /** Returns what a tensor is a part of: the first module on its path below the base model. */
  private String part(String name) {
    int start = name.startsWith(prefix) ? prefix.length() : 0;
    int end = name.indexOf('.', start);
    return end < 0 ? name : name.substring(0, end);
  }

  private void compare(ExpectedTensor tensor) {
    String name = stored(tensor);
    if (!expected.add(name)) {
      return; // the embedding, as a tied head
    }
    if (!tensors.contains(name)) {
      problems.accept("missing tensor " + tensor.name());
      return;
    }
    List<Long> called = tensors.layout(name) == Layout.OF_FAMILY ? tensor.shape() : tensor.plain();
    long[] shape = called.stream().mapToLong(Long::longValue).toArray();
    TensorInfo info = tensors.info(name);
    if (!Arrays.equals(info.shape(), shape)) {
      problems.accept(
          "tensor %s has shape %s, expected %s"
              .formatted(name, info.shapeText(), TensorInfo.shapeText(shape)));
    }
  }

  private String stored(ExpectedTensor tensor) {
    String found = stored(tensor.name());
    return tensors.contains(found)
        ? found
        : tensor.otherwise().filter(tensors::contains).orElse(found);
  }

  private String stored(String name) {
    boolean bare = !tensors.contains(name) && name.startsWith(prefix);
    String shorter = bare ? name.substring(prefix.length()) : name;
    return tensors.contains(shorter) ? shorter : name;
  }

  private static Set<String> names(List<ExpectedTensor> called) {
    Set<String> names = new HashSet<>();
    called.forEach(tensor -> names.add(tensor.name()));
    return names;
  }

  private static Set<Integer> layers(Set<String> names) {
    Set<Integer> layers = new TreeSet<>();
    names.forEach(name -> AdapterConfig.layerOf(name).ifPresent(layers::add));
    return layers;
  }
}
