package dev.palimpsest.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the small files of a checkpoint say of it before it is sent. Nothing is believed of it. */
final class Hints {
  private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{64}\\b");
  private static final Set<String> ADAPTER_FILES =
      Set.of("adapter_config.json", "adapter_model.safetensors", "adapters.safetensors");
  private static final Pattern ADAPTER_NAME =
      Pattern.compile("(?i)(.*[-_.])?(lora|adapter)([-_.].*)?\\.gguf");

  private static final String CONFIG = "config.json";

  /** A base that seems to be meant: its id, or the folder of the same drop. */
  record Base(String id, String why) {}

  /** A name that a file has for the base. */
  private record Named(String file, String field, String name) {}

  private final boolean adapter;
  private final String card;
  private final ModelCard front;
  private final List<Named> named;

  private Hints(boolean adapter, String card, ModelCard front, List<Named> named) {
    this.adapter = adapter;
    this.card = card;
    this.front = front;
    this.named = named;
  }

  static Hints of(String group, List<DroppedFile> files) {
    Set<String> names = DroppedGroups.names(files);
    String folder = DroppedGroups.folder(group);
    String card = text(files, folder, "README.md");
    ModelCard front = ModelCard.of(card);
    JsonNode tuning = json(text(files, folder, "adapter_config.json"));
    JsonNode config = json(text(files, folder, "config.json"));
    List<Named> named = new ArrayList<>();
    add(named, tuning, "adapter_config.json", "base_model_name_or_path");
    add(named, tuning, "adapter_config.json", "model");
    front.bases().forEach(name -> add(named, "The model card", "base_model", name));
    add(named, config, CONFIG, "_name_or_path");
    // Nothing was tuned from itself: many a model names the place where it lay when it was saved.
    String own = plain(group);
    named.removeIf(one -> plain(one.name()).equals(own));
    boolean adapter =
        names.stream().anyMatch(ADAPTER_FILES::contains)
            || front.relation().equals("adapter")
            || ADAPTER_NAME.matcher(group.substring(group.lastIndexOf('/') + 1)).matches();
    return new Hints(adapter, card, front, named);
  }

  private static void add(List<Named> named, JsonNode json, String file, String field) {
    add(named, file, field, json.path(field).asText(""));
  }

  private static void add(List<Named> named, String file, String field, String name) {
    if (!name.isBlank()) {
      named.add(new Named(file, field, name.strip()));
    }
  }

  private static String text(List<DroppedFile> files, String folder, String name) {
    return files.stream()
        .filter(file -> file.folder().equals(folder) && file.name().equalsIgnoreCase(name))
        .flatMap(file -> file.text().stream())
        .findFirst()
        .orElse("");
  }

  /** What is no JSON, or the beginning of some, says nothing; the inspection tells later. */
  private static JsonNode json(String text) {
    try {
      return text.isBlank() ? Json.mapper().createObjectNode() : Json.mapper().readTree(text);
    } catch (JsonProcessingException broken) {
      return Json.mapper().createObjectNode();
    }
  }

  boolean isAdapter() {
    return adapter;
  }

  /**
   * Tells whether it says that it was tuned from something. A configuration alone does not: it
   * often names the folder that the model itself lay in.
   */
  boolean namesABase() {
    return named.stream().anyMatch(one -> !one.file().equals(CONFIG));
  }

  Optional<String> modelName() {
    return front.modelName();
  }

  /** Returns the registered base that is meant: by its digest, else by its name. */
  Optional<Base> base(List<RegisteredCheckpoint> registered) {
    List<RegisteredCheckpoint> bases =
        registered.stream().filter(one -> one.isReady() && one.kind() != Kind.ADAPTER).toList();
    Matcher digest = DIGEST.matcher(card);
    while (digest.find()) {
      for (RegisteredCheckpoint one : bases) {
        if (one.digest().filter(digest.group()::equals).isPresent()) {
          return Optional.of(
              new Base(one.id(), "The model card names the digest of " + one.name() + "."));
        }
      }
    }
    for (Named hint : named) {
      for (RegisteredCheckpoint one : bases) {
        if (isCalled(one, hint.name())) {
          return Optional.of(new Base(one.id(), why(hint)));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isCalled(RegisteredCheckpoint one, String name) {
    String wanted = plain(name);
    NamedPath place = new NamedPath(one.location().toString());
    return wanted.equals(plain(one.name())) || wanted.equals(plain(place.repository()));
  }

  /** Returns the folder of the same drop that is meant. */
  Optional<Base> baseAmong(String own, Map<String, String> groups) {
    for (Named hint : named) {
      String group = groups.get(plain(hint.name()));
      if (group != null && !group.equals(own)) {
        return Optional.of(new Base(group, why(hint)));
      }
    }
    return Optional.empty();
  }

  private static String why(Named hint) {
    return hint.file() + " names " + FileNames.printable(hint.name()) + " (" + hint.field() + ").";
  }

  /** Says why there is no base where there should be one. */
  String whyNoBase() {
    if (namesABase()) {
      return why(named.get(0)) + " No base of that name is ready here; choose it, or add it first.";
    }
    return adapter ? "No file says what it was tuned from; choose its base." : "";
  }

  /**
   * Returns a name by which two names of one model are equal: the last part of a path or
   * repository, without case and marks.
   */
  static String plain(String name) {
    String last = new NamedPath(name).repository();
    return last.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** A path as it may stand in a configuration, of whatever system. */
  private record NamedPath(String text) {
    String repository() {
      String path = text.replace('\\', '/').replaceAll("/+$", "");
      String cache = DroppedGroups.cacheFolder(path);
      String name = cache.isEmpty() ? path : cache.substring(cache.lastIndexOf("--") + 2);
      String last = name.substring(name.lastIndexOf('/') + 1);
      return last.toLowerCase(Locale.ROOT).endsWith(".gguf")
          ? last.substring(0, last.length() - 5)
          : last;
    }
  }
}
