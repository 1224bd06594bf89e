package dev.palimpsest.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What the front matter of a model card says, as Hugging Face has it.
 *
 * @param bases {@code base_model}, one name or several
 * @param relation {@code base_model_relation}, "" if it is not told
 * @param modelName {@code model_name}
 */
record ModelCard(List<String> bases, String relation, Optional<String> modelName) {
  private static final int MOST_CHARACTERS = 32_768;

  ModelCard {
    bases = List.copyOf(bases);
  }

  /** Reads a card; one without front matter, or with one that is no YAML, says nothing. */
  static ModelCard of(String card) {
    Map<?, ?> front = front(card.replace("\uFEFF", ""));
    List<String> bases = new ArrayList<>();
    if (front.get("base_model") instanceof List<?> several) {
      several.stream().filter(String.class::isInstance).forEach(one -> bases.add((String) one));
    } else if (front.get("base_model") instanceof String one) {
      bases.add(one);
    }
    return new ModelCard(
        bases,
        text(front, "base_model_relation").orElse("").toLowerCase(Locale.ROOT),
        text(front, "model_name").filter(name -> !name.isBlank()));
  }

  private static Optional<String> text(Map<?, ?> front, String field) {
    return front.get(field) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Map<?, ?> front(String card) {
    String text = card.replace("\r\n", "\n");
    int end = text.indexOf("\n---", 3);
    if (!text.startsWith("---\n") || end < 0 || end > MOST_CHARACTERS) {
      return Map.of();
    }
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(10);
    options.setCodePointLimit(MOST_CHARACTERS);
    try {
      Object front = new Yaml(new SafeConstructor(options)).load(text.substring(4, end));
      return front instanceof Map<?, ?> map ? map : Map.of();
    } catch (YAMLException noYaml) {
      return Map.of();
    }
  }
}
