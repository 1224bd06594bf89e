package dev.palimpsest.prompt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelFile;
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

  /**
   * The command refuses to write a tokenizer that the library made up, having found no vocabulary.
   */
  static final String CONVERT =
      "copy the model's tokenizer.json beside it, or make one with: python -c \"from transformers"
          + " import AutoTokenizer as A; t = A.from_pretrained('DIR'); assert len(t) > 1000, 'no"
          + " vocabulary found'; t.save_pretrained('DIR')\"";

  private static final List<String> OTHER_KINDS =
      List.of("tekken.json", "tiktoken.model", "qwen.tiktoken", "spiece.model", "vocab.txt");
  private static final long MAX_BYTES = 256L * 1024 * 1024;

  private final Path folder;

  HuggingFaceFolder(Path folder) {
    this.folder = folder;
  }

  /** Returns the tokenizer for the embedding that config.json describes. */
  TokenizerDefinition definition() {
    return definition(embeddingRows());
  }

  /** Returns the tokenizer for an embedding of so many rows. */
  TokenizerDefinition definition(int rows) {
    ObjectNode config = optional(CONFIG);
    Optional<TokenizerFiles> files = files(config);
    ObjectNode root = has(TOKENIZER) ? object(TOKENIZER) : files.orElseThrow(this::missing).root();
    TokenizerJsonCheck.check(TOKENIZER, root).requireRows(rows);
    if (has(TOKENIZER)) {
      RebuiltPipeline.apply(root, kind(config), config, optional("config.json"));
    }
    NamedTokens named = namedTokens(config, files);
    SpecialTokens specialTokens = named.specialTokens();
    List<String> notes = new AddedTokenNotes(root, rows).after(named.addTo(root), named.byId());
    if (!has(TOKENIZER)) {
      PostProcessors.apply(root, config, specialTokens);
    }
    root.putNull("truncation");
    root.putNull("padding");
    if (root.path("model") instanceof ObjectNode model) {
      model.putNull("dropout"); // a random choice of merges is for training only
    }
    TokenizerJson json = new TokenizerJson(TOKENIZER, root);
    TokenizerVocabulary.requireCover(json.file(), json.size(), rows);
    return new TokenizerDefinition(json, specialTokens, endIds(), notes);
  }

  private Optional<TokenizerFiles> files(ObjectNode config) {
    return has(TOKENIZER) ? Optional.empty() : TokenizerFiles.of(this, config);
  }

  private CheckpointException missing() {
    for (String name : OTHER_KINDS) {
      if (has(name)) {
        return new CheckpointException(
            name, "is a tokenizer of a kind that is not read; " + CONVERT);
      }
    }
    return new CheckpointException(TOKENIZER, "is missing; " + TokenizerVocabulary.COPY);
  }

  /** Tells whether a file is there, or a link that may stand for it. */
  boolean has(String name) {
    return ModelFile.isIn(folder, name);
  }

  /** Returns the content of a file that should be there. */
  ByteBuffer bytes(String name) {
    return ByteBuffer.wrap(content(name));
  }

  private byte[] content(String name) {
    try (ModelFile file = ModelFile.in(folder, name)) {
      return file.all(MAX_BYTES);
    }
  }

  /** Returns a text as long as a vocabulary. */
  String largeText(String name) {
    try {
      return utf8(content(name));
    } catch (CharacterCodingException e) {
      throw new CheckpointException(name, "is not UTF-8 text; copy it again");
    }
  }

  /** Returns a JSON object, or {} if the file is not there. */
  ObjectNode optional(String name) {
    return has(name) ? object(name) : JsonNodeFactory.instance.objectNode();
  }

  /** Returns the JSON object of a file that should be there. */
  ObjectNode object(String name) {
    byte[] content = content(name);
    try {
      JsonNode node = Json.mapper().readTree(content);
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

  private NamedTokens namedTokens(ObjectNode config, Optional<TokenizerFiles> files) {
    return files
        .map(TokenizerFiles::tokens)
        .orElseGet(() -> NamedTokens.besideJson(this, config, kind(config)));
  }

  /** Returns the class that reads tokenizer.json. */
  private TokenizerClass kind(ObjectNode config) {
    return TokenizerClass.ofJson(config, optional("config.json"), this::isByteLevel);
  }

  /** Looks for the word as AutoTokenizer does, wherever it stands. */
  private boolean isByteLevel() {
    return has(TOKENIZER) && largeText(TOKENIZER).contains("\"ByteLevel\"");
  }

  /** Returns the named special tokens. */
  SpecialTokens specialTokens() {
    ObjectNode config = optional(CONFIG);
    return namedTokens(config, files(config)).specialTokens();
  }

  /** Returns the text of a file, if it is there. */
  Optional<String> text(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    try (ModelFile file = ModelFile.in(folder, name)) {
      if (file.size() > 4L * Template.MAX_SOURCE) {
        throw new CheckpointException(name, "is too long for a chat template");
      }
      return Optional.of(utf8(file.head((int) file.size())));
    } catch (CharacterCodingException e) {
      throw new CheckpointException(name, "is not UTF-8 text; save it as UTF-8");
    }
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
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
