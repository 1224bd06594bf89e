package dev.palimpsest.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.training.TrainingRow.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Makes a training example of one JSON object, or says why it is none. */
final class RowReader {
  private static final String SHAPES =
      "one with \"messages\", \"prompt\" and \"completion\", \"instruction\" and \"output\","
          + " \"conversations\", or \"text\"";

  /** What frameworks call the one who speaks, in the names of chat templates. */
  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry("system", TrainingRow.SYSTEM),
          Map.entry("developer", TrainingRow.SYSTEM),
          Map.entry("user", TrainingRow.USER),
          Map.entry("human", TrainingRow.USER),
          Map.entry("assistant", TrainingRow.ASSISTANT),
          Map.entry("gpt", TrainingRow.ASSISTANT),
          Map.entry("chatgpt", TrainingRow.ASSISTANT),
          Map.entry("model", TrainingRow.ASSISTANT),
          Map.entry("bot", TrainingRow.ASSISTANT),
          Map.entry("tool", "tool"),
          Map.entry("function", "tool"),
          Map.entry("observation", "tool"),
          Map.entry("function_call", TrainingRow.ASSISTANT));

  private static final List<String> ORIGINS =
      List.of("model", "generator", "generated_by", "model_name", "teacher", "source");

  private final int row;
  private final JsonNode node;

  RowReader(int row, JsonNode node) {
    this.row = row;
    this.node = node;
  }

  /** Signals what is wrong with the row; caught by {@link TrainingFile}. */
  static final class FaultyRow extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient RowFault fault;

    FaultyRow(RowFault fault) {
      super(fault.sentence(), null, false, false);
      this.fault = fault;
    }

    RowFault fault() {
      return fault;
    }
  }

  TrainingRow read() {
    if (!node.isObject()) {
      throw faulty("", kind(node), "a JSON object");
    }
    if (node.has("messages")) {
      return row(Shape.CHAT, chat("messages", node.get("messages"), "role", "content"));
    }
    if (node.has("conversations")) {
      return row(Shape.SHAREGPT, shareGpt());
    }
    if (node.has("prompt") && node.has("completion")) {
      return row(Shape.PROMPT_COMPLETION, promptAndCompletion());
    }
    if (node.has("instruction") && node.has("output")) {
      return row(Shape.ALPACA, alpaca());
    }
    if (node.has("text")) {
      String text = text("text", node.get("text"));
      return row(Shape.TEXT, List.of(new ChatMessage(TrainingRow.ASSISTANT, text)));
    }
    if (node.has("input_ids")) {
      throw faulty(
          "input_ids", "token ids", "texts; give the file as it was before it was tokenized");
    }
    throw faulty("", "an object " + keys(), SHAPES);
  }

  private TrainingRow row(Shape shape, List<ChatMessage> messages) {
    return new TrainingRow(row, shape, messages, origin());
  }

  /** What data sets call the field that says which model, or which source, a row is from. */
  private String origin() {
    return ORIGINS.stream()
        .map(node::path)
        .filter(value -> value.isTextual() && !value.textValue().isBlank())
        .map(JsonNode::textValue)
        .findFirst()
        .orElse("");
  }

  private List<ChatMessage> shareGpt() {
    JsonNode turns = node.get("conversations");
    boolean old = turns.isArray() && !turns.isEmpty() && turns.get(0).has("from");
    List<ChatMessage> messages =
        old
            ? chat("conversations", turns, "from", "value")
            : chat("conversations", turns, "role", "content");
    return withSystem(messages);
  }

  private List<ChatMessage> promptAndCompletion() {
    List<ChatMessage> messages = new ArrayList<>();
    messages.addAll(side("prompt", TrainingRow.USER));
    messages.addAll(side("completion", TrainingRow.ASSISTANT));
    return withSystem(messages);
  }

  private List<ChatMessage> side(String field, String role) {
    JsonNode value = node.get(field);
    return value.isArray()
        ? chat(field, value, "role", "content")
        : List.of(new ChatMessage(role, text(field, value)));
  }

  private List<ChatMessage> alpaca() {
    String instruction = text("instruction", node.get("instruction"));
    String input = node.hasNonNull("input") ? text("input", node.get("input")) : "";
    String asked = input.isEmpty() ? instruction : instruction + "\n\n" + input;
    return withSystem(
        List.of(
            new ChatMessage(TrainingRow.USER, asked),
            new ChatMessage(TrainingRow.ASSISTANT, text("output", node.get("output")))));
  }

  private List<ChatMessage> withSystem(List<ChatMessage> messages) {
    String system = node.hasNonNull("system") ? text("system", node.get("system")) : "";
    if (system.isEmpty()) {
      return messages;
    }
    List<ChatMessage> all = new ArrayList<>();
    all.add(new ChatMessage(TrainingRow.SYSTEM, system));
    all.addAll(messages);
    return all;
  }

  private List<ChatMessage> chat(String field, JsonNode turns, String who, String what) {
    if (!turns.isArray() || turns.isEmpty()) {
      throw faulty(field, turns.isArray() ? "no message" : kind(turns), "a list of messages");
    }
    List<ChatMessage> messages = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      String at = field + "[" + i + "]";
      String role = role(at + "." + who, turns.get(i).path(who));
      messages.add(new ChatMessage(role, content(at + "." + what, turns.get(i).path(what))));
    }
    return messages;
  }

  private String role(String field, JsonNode value) {
    String role = ROLES.get(value.asText());
    if (role == null) {
      String found = value.isTextual() ? "\"" + value.asText() + "\"" : kind(value);
      throw faulty(field, found, "\"system\", \"user\", \"assistant\" or \"tool\"");
    }
    return role;
  }

  /**
   * A message's content is a text, parts of text as OpenAI writes them, or null beside a call of a
   * tool.
   */
  private String content(String field, JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    if (!value.isArray()) {
      return text(field, value);
    }
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < value.size(); i++) {
      JsonNode part = value.get(i);
      String at = field + "[" + i + "].text";
      all.append(part.isTextual() ? part.textValue() : text(at, part.path("text")));
    }
    return all.toString();
  }

  private String text(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw faulty(field, kind(value), "a text");
    }
    return value.textValue();
  }

  private String keys() {
    List<String> names = new ArrayList<>();
    Iterator<String> fields = node.fieldNames();
    while (fields.hasNext() && names.size() < 6) {
      names.add("\"" + fields.next() + "\"");
    }
    return names.isEmpty() ? "without keys" : "with " + String.join(", ", names);
  }

  private FaultyRow faulty(String field, String found, String expected) {
    return new FaultyRow(new RowFault(row, field, found, expected));
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      default -> "nothing";
    };
  }
}
