package dev.palimpsest.checkpoint.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.model.TextPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The modules of a base that an adapter says it trained and has no tensors for. */
final class AdapterOmissions {
  private static final String WEIGHT = ".weight";
  private static final int MOST = 6;

  /** What all linear layers do not include. */
  private static final Pattern NO_LAYER =
      Pattern.compile("(.*\\.)?(lm_head|embed_out|embed_tokens|embed_positions|embed_in|wte|wpe)");

  /** The modules of one expert, which are one parameter of all experts in transformers 5. */
  private static final Pattern EXPERT = Pattern.compile(".*\\.experts\\.[0-9]+\\..*");

  private AdapterOmissions() {}

  /** Returns a sentence that follows the adapter's name, if modules are missing. */
  static Optional<String> of(Adapter adapter, ObjectNode config, Checkpoint base) {
    Set<String> present = new HashSet<>();
    adapter.modules().forEach(m -> present.add(m.moduleIn(base.tensors()::contains)));
    adapter.replacements().keySet().forEach(tensor -> present.add(module(tensor)));
    adapter.tokenRows().keySet().forEach(tensor -> present.add(module(tensor)));
    Set<String> targeted = targeted(adapter.config(), config, base);
    targeted.addAll(saved(adapter.config(), base));
    if (present.stream().noneMatch(module -> EXPERT.matcher(module).matches())) {
      targeted.removeIf(module -> EXPERT.matcher(module).matches());
    }
    targeted.removeIf(TextPart::isBeside);
    List<String> missing = new ArrayList<>(targeted);
    missing.removeIf(module -> isIn(present, module));
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String some =
        Printable.text(String.join(", ", missing.subList(0, Math.min(MOST, missing.size()))));
    String more = missing.size() > MOST ? " and " + (missing.size() - MOST) + " more" : "";
    return Optional.of(
        "has no tensors for %d of the %d modules that it targets or saves (%s%s); these stay the base's, as in PEFT; if it was saved in part, save it again"
            .formatted(missing.size(), targeted.size(), some, more));
  }

  private static Set<String> targeted(AdapterConfig adapter, ObjectNode config, Checkpoint base) {
    AdapterTargets excluded = excluded(config.path("exclude_modules"));
    Set<String> targeted = new TreeSet<>();
    for (String tensor : base.tensors().names()) {
      boolean linear = tensor.endsWith(WEIGHT) && base.tensors().info(tensor).shape().length == 2;
      String module = module(tensor);
      if (linear
          && adapter.targets().match(module)
          && isTrainedLayer(adapter, module)
          && !excluded.match(module)
          && !(adapter.targets().expression().equals("all-linear")
              && NO_LAYER.matcher(module).matches())) {
        targeted.add(module);
      }
    }
    return targeted;
  }

  /** PEFT saves every module whole whose name ends so, with those within it. */
  private static Set<String> saved(AdapterConfig adapter, Checkpoint base) {
    Set<String> saved = new TreeSet<>();
    for (String tensor : base.tensors().names()) {
      String module = module(tensor);
      boolean named =
          adapter.modulesToSave().stream().anyMatch(name -> (module + ".").contains(name + "."));
      if (tensor.endsWith(WEIGHT) && named) {
        saved.add(module);
      }
    }
    return saved;
  }

  private static AdapterTargets excluded(JsonNode given) {
    List<String> names = new ArrayList<>();
    given.forEach(name -> names.add(name.asText()));
    return new AdapterTargets(names, given.asText(""));
  }

  private static boolean isTrainedLayer(AdapterConfig adapter, String module) {
    List<Integer> layers = adapter.layersToTransform();
    return layers.isEmpty() || AdapterConfig.layerOf(module).stream().anyMatch(layers::contains);
  }

  private static String module(String tensor) {
    return tensor.endsWith(WEIGHT)
        ? tensor.substring(0, tensor.length() - WEIGHT.length())
        : tensor;
  }

  /** The base may leave out the path of the bare model. */
  private static boolean isIn(Set<String> present, String module) {
    return present.contains(module)
        || present.stream().anyMatch(other -> other.endsWith("." + module));
  }
}
