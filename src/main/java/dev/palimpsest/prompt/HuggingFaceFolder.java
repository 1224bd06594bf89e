package dev.palimpsest.prompt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.tokenizer.TokenizerJsonCheck;
import dev.palimpsest.checkpoint.tokenizer.TokenizerVocabulary;
import dev.palimpsest.jinja.Template;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a tokenizer from the files that save_pretrained writes. */
final class HuggingFaceFolder {
  static final String TOKENIZER = "tokenizer.json";
  static final String CONFIG = "tokenizer_config.json";
  private static final String ADDITIONAL_TEMPLATES = "additional_chat_templates";
  static final String CONVERT =
      "make tokenizer.json with: python -c \"from transformers import AutoTokenizer as T;"
          + " T.from_pretrained('DIR').save_pretrained('DIR')\"";
  private static final List<String> OTHER_KINDS =
      List.of("tekken.json", "tiktoken.model", "qwen.tiktoken", "spiece.model", "vocab.txt");
  private static final long MAX_BYTES = 256L * 1024 * 1024;

  private final Path folder;

  HuggingFaceFolder(Path folder) {
    this.folder = folder;
  }

  static TokenizerDefinition read(Path folder) {
    return new HuggingFaceFolder(folder).definition();
  }

  private TokenizerDefinition definition() {
    ObjectNode config = optional(CONFIG);
    ObjectNode root = tokenizer(config);
    TokenizerJsonCheck.check(TOKENIZER, root);
    SpecialTokens specialTokens = specialTokens(config);
    if (has(TOKENIZER)) {
      addTokens(root, config, specialTokens);
    } else {
      PostProcessors.apply(root, config, specialTokens);
    }
    root.putNull("truncation");
    root.putNull("padding");
    if (root.path("model") instanceof ObjectNode model) {
      model.putNull("dropout"); // a random choice of merges is for training only
    }
    TokenizerJson json = new TokenizerJson(TOKENIZER, root);
    TokenizerVocabulary.requireRows(json.file(), json.highestId(), embeddingRows());
    return new TokenizerDefinition(json, specialTokens, endIds());
  }

  private ObjectNode tokenizer(ObjectNode config) {
    return has(TOKENIZER)
        ? object(TOKENIZER)
        : TokenizerFiles.read(this, config).orElseThrow(this::missing);
  }

  private CheckpointException missing() {
    for (String name : OTHER_KINDS) {
      if (has(name)) {
        return new CheckpointException(
            name, "is a tokenizer of a kind that is not read; " + CONVERT);
      }
    }
    return new CheckpointException(
        TOKENIZER, "is missing; copy the tokenizer files of the model beside its weights");
  }

  /** Tells whether a file is there. */
  boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /** Returns the content of a file that should be there. */
  ByteBuffer bytes(String name) {
    Path file = folder.resolve(name);
    try {
      requireSize(file, name);
      return ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CheckpointException(name, "cannot be read (" + e.getMessage() + ").");
    }
  }

  /** Returns a text as long as a vocabulary. */
  String largeText(String name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes(name)).toString();
    } catch (CharacterCodingException e) {
      throw new CheckpointException(name, "is not UTF-8 text; copy it again");
    }
  }

  private static void requireSize(Path file, String name) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new CheckpointException(
          name, "has %,d bytes, more than the %,d accepted".formatted(Files.size(file), MAX_BYTES));
    }
  }

  /** Returns a JSON object, or {} if the file is not there. */
  ObjectNode optional(String name) {
    return Files.isRegularFile(folder.resolve(name))
        ? object(name)
        : JsonNodeFactory.instance.objectNode();
  }

  /** Returns the JSON object of a file that should be there. */
  ObjectNode object(String name) {
    Path file = folder.resolve(name);
    try {
      requireSize(file, name);
      JsonNode node = Json.mapper().readTree(file.toFile());
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new CheckpointException(name, "should hold one JSON object; export it again");
    } catch (JacksonException e) {
      throw new CheckpointException(
          name,
          "is not valid JSON (%s); copy or export it again"
              .formatted(e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw new CheckpointException(name, "cannot be read (" + e.getMessage() + ").");
    }
  }

  /**
   * Returns the text of every named token of tokenizer_config.json, else special_tokens_map.json.
   */
  private SpecialTokens specialTokens(ObjectNode config) {
    if (!has(TOKENIZER) && (has(TokenizerFiles.PIECES) || has(TokenizerFiles.VOCABULARY))) {
      return TokenizerFiles.specialTokens(this, config);
    }
    ObjectNode map = optional("special_tokens_map.json");
    Map<String, String> byName = new LinkedHashMap<>();
    for (String name : SpecialTokens.NAMES) {
      JsonNode token = config.has(name) ? config.get(name) : map.path(name);
      String text = token.isObject() ? token.path("content").textValue() : token.textValue();
      if (text != null && !text.isEmpty()) {
        byName.put(name, text);
      }
    }
    return new SpecialTokens(byName);
  }

  /** Adds the tokens that only tokenizer_config.json knows of, as transformers does. */
  private static void addTokens(ObjectNode root, ObjectNode config, SpecialTokens specialTokens) {
    TokenizerJson json = new TokenizerJson(TOKENIZER, root);
    ArrayNode added =
        root.path("added_tokens") instanceof ArrayNode array
            ? array
            : root.putArray("added_tokens");
    Map<String, ObjectNode> byContent = new LinkedHashMap<>();
    added.forEach(node -> byContent.put(node.path("content").asText(), (ObjectNode) node));
    config
        .path("added_tokens_decoder")
        .properties()
        .forEach(
            entry -> {
              String content = entry.getValue().path("content").asText();
              int id = json.idOf(content).orElse(-1);
              if (!byContent.containsKey(content) && String.valueOf(id).equals(entry.getKey())) {
                ObjectNode token = entry.getValue().deepCopy();
                byContent.put(content, token.put("id", id));
                added.add(token);
              }
            });
    for (String content : specialTokens.byName().values()) {
      ObjectNode known = byContent.get(content);
      if (known != null) {
        known.put("special", true);
      } else if (json.idOf(content).isPresent()) {
        ObjectNode token = AddedTokens.special(json.idOf(content).getAsInt(), content);
        byContent.put(content, token);
        added.add(token);
      }
    }
  }

  /** Returns the named special tokens. */
  SpecialTokens specialTokens() {
    return specialTokens(optional(CONFIG));
  }

  /** Returns the text of a file, if it is there. */
  Optional<String> text(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > 4L * Template.MAX_SOURCE) {
        throw new CheckpointException(name, "is too long for a chat template");
      }
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new CheckpointException(name, "is not UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      throw new CheckpointException(name, "cannot be read (" + e.getMessage() + ")");
    }
  }

  /** Returns the templates in additional_chat_templates by their name. */
  Map<String, String> additionalTemplates() {
    Path templates = folder.resolve(ADDITIONAL_TEMPLATES);
    Map<String, String> byName = new LinkedHashMap<>();
    if (!Files.isDirectory(templates)) {
      return byName;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(templates, "*.jinja")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        text(ADDITIONAL_TEMPLATES + "/" + name)
            .ifPresent(text -> byName.put(name.substring(0, name.length() - 6), text));
      }
    } catch (IOException e) {
      throw new CheckpointException(
          ADDITIONAL_TEMPLATES, "cannot be read (" + e.getMessage() + ")");
    }
    return byName;
  }

  private Set<Integer> endIds() {
    JsonNode generation = optional("generation_config.json").path("eos_token_id");
    JsonNode found =
        generation.isMissingNode() || generation.isNull()
            ? optional("config.json").path("eos_token_id")
            : generation;
    Set<Integer> ids = new HashSet<>();
    for (JsonNode id : found.isArray() ? found : Set.of(found)) {
      if (id.isInt() && id.intValue() >= 0) {
        ids.add(id.intValue());
      }
    }
    return ids;
  }

  private int embeddingRows() {
    ObjectNode config = optional("config.json");
    JsonNode rows = config.path("text_config").path("vocab_size");
    return (rows.isInt() ? rows : config.path("vocab_size")).asInt(Integer.MAX_VALUE);
  }
}
