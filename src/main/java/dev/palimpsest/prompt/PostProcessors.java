package dev.palimpsest.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;

/** Decides which tokens surround every text. */
final class PostProcessors {
  private PostProcessors() {}

  /**
   * Replaces the post-processor of tokenizer.json where tokenizer_config.json says add_bos_token or
   * add_eos_token, as transformers does: one that is not said counts as false.
   */
  static void apply(ObjectNode root, ObjectNode config, SpecialTokens specialTokens) {
    if (!config.has("add_bos_token") && !config.has("add_eos_token")) {
      return;
    }
    String bos = config.path("add_bos_token").asBoolean() ? specialTokens.bos().orElse(null) : null;
    String eos = config.path("add_eos_token").asBoolean() ? specialTokens.eos().orElse(null) : null;
    root.set("post_processor", surrounding(new TokenizerJson("", root), bos, eos));
  }

  /** Returns a post-processor that puts the given tokens before and after; null for none. */
  static ObjectNode surrounding(TokenizerJson json, String bos, String eos) {
    ObjectNode processor = JsonNodeFactory.instance.objectNode().put("type", "TemplateProcessing");
    ObjectNode tokens = processor.objectNode();
    ArrayNode single = processor.putArray("single");
    ArrayNode pair = processor.putArray("pair");
    addToken(json, bos, tokens, single, pair);
    addSequence(single, "A", 0);
    addSequence(pair, "A", 0);
    addSequence(pair, "B", 1);
    addToken(json, eos, tokens, single, pair);
    processor.set("special_tokens", tokens);
    return processor;
  }

  private static void addToken(
      TokenizerJson json, String token, ObjectNode tokens, ArrayNode single, ArrayNode pair) {
    OptionalInt id = token == null ? OptionalInt.empty() : json.idOf(token);
    if (id.isEmpty()) {
      return;
    }
    for (ArrayNode template : new ArrayNode[] {single, pair}) {
      template.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
    }
    ObjectNode entry = tokens.putObject(token).put("id", token);
    entry.putArray("ids").add(id.getAsInt());
    entry.putArray("tokens").add(token);
  }

  private static void addSequence(ArrayNode template, String id, int type) {
    template.addObject().putObject("Sequence").put("id", id).put("type_id", type);
  }
}
