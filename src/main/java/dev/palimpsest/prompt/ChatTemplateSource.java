package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.gguf.GgufMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a checkpoint's chat templates stand, and their text.
 *
 * @param file the file as the user knows it
 * @param byName text by name; a single template is named "default"
 */
record ChatTemplateSource(String file, Map<String, String> byName) {
  private static final String TEMPLATE_FILE = "chat_template.jinja";
  private static final String FIELD = "chat_template";

  ChatTemplateSource {
    byName = Map.copyOf(byName);
  }

  private static ChatTemplateSource single(String file, String template) {
    return new ChatTemplateSource(file, Map.of("default", template));
  }

  /** Finds the templates of a folder; chat_template.jinja goes before tokenizer_config.json. */
  static Optional<ChatTemplateSource> of(HuggingFaceFolder folder) {
    Optional<String> file = folder.text(TEMPLATE_FILE);
    if (file.isPresent()) {
      Map<String, String> byName = new LinkedHashMap<>(folder.additionalTemplates());
      byName.put("default", file.get());
      return Optional.of(new ChatTemplateSource(TEMPLATE_FILE, byName));
    }
    JsonNode template = folder.optional(HuggingFaceFolder.CONFIG).path(FIELD);
    if (template.isTextual()) {
      return Optional.of(single(HuggingFaceFolder.CONFIG, template.textValue()));
    }
    return template.isMissingNode() || template.isNull()
        ? Optional.empty()
        : Optional.of(named(template));
  }

  private static ChatTemplateSource named(JsonNode list) {
    Map<String, String> byName = new LinkedHashMap<>();
    if (list.isArray()) {
      for (JsonNode entry : list) {
        String name = entry.path("name").textValue();
        String template = entry.path("template").textValue();
        if (name != null && template != null) {
          byName.put(name, template);
        }
      }
    }
    if (byName.isEmpty() || byName.size() != list.size()) {
      throw new CheckpointException(
          HuggingFaceFolder.CONFIG,
          "chat_template must be a string or a list of {\"name\", \"template\"}; export the"
              + " tokenizer again");
    }
    return new ChatTemplateSource(HuggingFaceFolder.CONFIG, byName);
  }

  /** Finds the template of a GGUF file. */
  static Optional<ChatTemplateSource> of(String file, GgufMetadata metadata) {
    String key = "tokenizer.chat_template";
    return metadata.has(key) ? Optional.of(single(file, metadata.text(key))) : Optional.empty();
  }
}
