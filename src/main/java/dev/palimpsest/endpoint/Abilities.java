package dev.palimpsest.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DecoderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server offers, found out by asking it.
 *
 * @param model the name that requests carry
 * @param identity what the server says of the model, unverified
 * @param messages how chats are put to it
 * @param completes whether it continues plain text ({@code /v1/completions})
 * @param likelihood how it tells the likelihood of a text; empty where it does not
 */
record Abilities(
    String model,
    JsonNode identity,
    Messages messages,
    boolean completes,
    Optional<Likelihood> likelihood) {
  private static final String PROBE = "One and one is two.";

  /** How chats are put to a server. */
  enum Messages {
    /** It has no chat template: everything is plain text. */
    NONE,
    /** It renders messages and gives the text ({@code /apply-template}, llama.cpp). */
    APPLIED,
    /** It renders messages and gives tokens, and the text of tokens (vLLM). */
    TOKENIZED,
    /** It renders and answers them at once ({@code /v1/chat/completions}). */
    ANSWERED;

    /** Tells whether the text that the model sees is known. */
    boolean isText() {
      return this == APPLIED || this == TOKENIZED;
    }
  }

  /**
   * Asks a server what it offers.
   *
   * @throws DecoderException if it does not have the model, or offers nothing that can be used
   */
  static Abilities of(EndpointClient client) {
    JsonNode identity = identity(client);
    String model = identity.path("id").asText();
    boolean completes = completes(client, model);
    Messages messages = messages(client, model);
    if (!completes && messages != Messages.ANSWERED) {
      throw new DecoderException(
          "The server at "
              + client.address().url()
              + " offers neither /completions nor /chat/completions for "
              + model
              + "; is the address that of its /v1?");
    }
    return new Abilities(
        model,
        identity,
        messages,
        completes,
        completes ? Likelihood.of(client, model, PROBE) : Optional.empty());
  }

  /** Returns the entry of the model in the server's list. */
  private static JsonNode identity(EndpointClient client) {
    JsonNode list = client.get("/models").path("data");
    String wanted = client.address().model();
    List<String> offered = new ArrayList<>();
    for (JsonNode one : list) {
      String id = one.path("id").asText();
      offered.add(id);
      if (id.equals(wanted) || (wanted.isEmpty() && list.size() == 1)) {
        return one;
      }
    }
    throw new DecoderException(
        "The server at "
            + client.address().url()
            + (wanted.isEmpty() ? " has several models" : " has no model " + wanted)
            + "; it offers "
            + (offered.isEmpty() ? "none" : String.join(", ", offered))
            + ". Name one with --model, or as URL#NAME.");
  }

  private static boolean completes(EndpointClient client, String model) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.put("model", model).put("prompt", PROBE).put("max_tokens", 1).put("temperature", 0);
    return client
        .postIfOffered("/completions", request)
        .filter(answer -> answer.at("/choices/0/text").isTextual())
        .isPresent();
  }

  private static Messages messages(EndpointClient client, String model) {
    ObjectNode chat = Json.mapper().createObjectNode();
    chat.put("model", model);
    chat.putArray("messages").addObject().put("role", "user").put("content", PROBE);
    if (applied(client, chat).filter(text -> text.contains(PROBE)).isPresent()) {
      return Messages.APPLIED;
    }
    if (tokenized(client, chat).filter(text -> text.contains(PROBE)).isPresent()) {
      return Messages.TOKENIZED;
    }
    ObjectNode answered = chat.deepCopy();
    answered.put("max_tokens", 1).put("temperature", 0);
    return client
            .postIfOffered("/chat/completions", answered)
            .filter(answer -> answer.at("/choices/0/message").isObject())
            .isPresent()
        ? Messages.ANSWERED
        : Messages.NONE;
  }

  /** Returns a chat as text, as the server renders it; empty where it does not tell. */
  static Optional<String> applied(EndpointClient client, ObjectNode chat) {
    return client
        .postToRoot("/apply-template", chat)
        .map(answer -> answer.path("prompt"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  /** Returns a chat as text, by way of its tokens; empty where the server does not tell. */
  static Optional<String> tokenized(EndpointClient client, ObjectNode chat) {
    ObjectNode request = chat.deepCopy();
    request.put("add_generation_prompt", true).put("add_special_tokens", false);
    return client
        .postToRoot("/tokenize", request)
        .map(answer -> answer.path("tokens"))
        .filter(tokens -> tokens.isArray() && !tokens.isEmpty())
        .flatMap(tokens -> detokenized(client, chat.path("model").asText(), tokens));
  }

  private static Optional<String> detokenized(
      EndpointClient client, String model, JsonNode tokens) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.put("model", model).set("tokens", tokens);
    return client
        .postToRoot("/detokenize", request)
        .map(answer -> answer.path("prompt"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }
}
