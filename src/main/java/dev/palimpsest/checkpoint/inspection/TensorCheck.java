package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Shown;
import dev.palimpsest.checkpoint.adapter.AdapterConfig;
import dev.palimpsest.checkpoint.inspection.FamilyCatalogue.ExpectedTensor;
import dev.palimpsest.checkpoint.tensor.Layout;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Compares the tensors of a checkpoint with those that its configuration calls for. */
final class TensorCheck {
  /**
   * Old files carry rotary tables and causal masks; a head that is tied to the embedding may be
   * stored a second time.
   */
  private static final Pattern HARMLESS =
      Pattern.compile(
          ".*rotary_emb\\.inv_freq|.*\\.(attn|attention)\\.(masked_)?bias|(lm_head|embed_out)\\.weight");

  private final TensorStore tensors;
  private final String prefix;
  private final Consumer<String> problems;
  private final Set<String> expected = new HashSet<>();

  private TensorCheck(TensorStore tensors, String prefix, Consumer<String> problems) {
    this.tensors = tensors;
    this.prefix = prefix + ".";
    this.problems = problems;
  }

  /** Reports what is missing, has another shape, or does not belong. */
  static void check(
      FamilyCatalogue families,
      ModelConfig config,
      TensorStore tensors,
      Consumer<String> problems) {
    new TensorCheck(tensors, families.basePrefix(config), problems).check(families.tensors(config));
  }

  private void check(List<ExpectedTensor> called) {
    Set<Integer> present = layers(tensors.names());
    for (ExpectedTensor tensor : called) {
      OptionalInt layer = AdapterConfig.layerOf(tensor.name());
      if (layer.isPresent() && !present.contains(layer.getAsInt())) {
        problems.accept(
            "missing tensors of layer %d: config.json asks for %d layers"
                .formatted(layer.getAsInt(), layers(names(called)).size()));
        return;
      }
      compare(tensor);
    }
    tensors.names().stream()
        .filter(name -> !expected.contains(name) && !HARMLESS.matcher(name).matches())
        .forEach(name -> problems.accept("unexpected tensor " + Shown.text(name)));
  }

  private void compare(ExpectedTensor tensor) {
    String name = stored(tensor.name());
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
