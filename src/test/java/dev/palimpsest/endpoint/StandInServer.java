package dev.palimpsest.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.palimpsest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * A small language model behind the protocol: a token is a word with the space before it, and its
 * log-probability is minus a tenth of its length, however it stands. Faults are laid down
 * beforehand, one for each request to come.
 */
final class StandInServer implements AutoCloseable {
  /** What a server may offer. */
  enum Offer {
    COMPLETIONS,
    CHAT,
    ECHO,
    APPLY_TEMPLATE,
    DETOKENIZE,
    N_PROBS
  }

  /** What may go wrong with one request. */
  enum Fault {
    TOO_MANY("429"),
    BROKEN("500"),
    CUT("cut"),
    SLOW("slow"),
    NO_JSON("no json"),
    ELSEWHERE("302");

    private final String what;

    Fault(String what) {
      this.what = what;
    }
  }

  private final HttpServer server;
  private final Set<Offer> offers;
  private final Deque<Fault> faults = new ArrayDeque<>();
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  final List<JsonNode> bodies = Collections.synchronizedList(new ArrayList<>());

  StandInServer(Offer... offers) {
    this.offers = EnumSet.noneOf(Offer.class);
    this.offers.addAll(List.of(offers));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Lays down what goes wrong with the next requests. */
  synchronized void next(Fault... more) {
    faults.addAll(List.of(more));
  }

  private synchronized Fault fault() {
    return faults.poll();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] sent = exchange.getRequestBody().readAllBytes();
    JsonNode body =
        sent.length == 0 ? Json.mapper().createObjectNode() : Json.mapper().readTree(sent);
    bodies.add(body);
    Fault fault = fault();
    if (fault != null) {
      fail(exchange, fault);
      return;
    }
    JsonNode answer = answer(path, body);
    if (answer == null) {
      answer(exchange, 404, "{\"error\":{\"message\":\"no such path\"}}");
    } else if (answer.has("status")) {
      answer(exchange, answer.get("status").intValue(), answer.toString());
    } else {
      answer(exchange, 200, answer.toString());
    }
  }

  private static void fail(HttpExchange exchange, Fault fault) throws IOException {
    switch (fault) {
      case TOO_MANY -> {
        exchange.getResponseHeaders().set("Retry-After", "0");
        answer(exchange, 429, "{\"error\":{\"message\":\"slow down\"}}");
      }
      case BROKEN -> answer(exchange, 500, "oops");
      case CUT -> {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write("{\"data\":".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        exchange.close();
      }
      case SLOW -> {
        try {
          Thread.sleep(9000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        exchange.close();
      }
      case NO_JSON -> answer(exchange, 200, "<html>Welcome to " + fault.what + "</html>");
      case ELSEWHERE -> {
        exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/v1");
        answer(exchange, 302, "");
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private JsonNode answer(String path, JsonNode body) {
    return switch (path) {
      case "/v1/models" -> models();
      case "/v1/completions" -> offers.contains(Offer.COMPLETIONS) ? completion(body) : null;
      case "/v1/chat/completions" -> offers.contains(Offer.CHAT) ? chat(body) : null;
      case "/apply-template" ->
          offers.contains(Offer.APPLY_TEMPLATE) && body.has("messages")
              ? object().put("prompt", rendered(body))
              : null;
      case "/tokenize" -> tokenize(body);
      case "/detokenize" ->
          offers.contains(Offer.DETOKENIZE)
              ? object().put("prompt", text(body.get("tokens")))
              : null;
      case "/completion" -> offers.contains(Offer.N_PROBS) ? steps(body) : null;
      default -> null;
    };
  }

  private static ObjectNode object() {
    return Json.mapper().createObjectNode();
  }

  private static JsonNode models() {
    ObjectNode list = object();
    ArrayNode data = list.putArray("data");
    data.addObject()
        .put("id", "tiny")
        .put("owned_by", "a test")
        .putObject("meta")
        .put("n_params", 42);
    data.addObject().put("id", "other");
    return list;
  }

  private static String rendered(JsonNode body) {
    StringBuilder text = new StringBuilder();
    body.get("messages")
        .forEach(
            one ->
                text.append('<')
                    .append(one.get("role").textValue())
                    .append("> ")
                    .append(one.get("content").textValue())
                    .append(" </s> "));
    return text.append("<assistant>").toString();
  }

  static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i)) && !token.isEmpty()) {
        tokens.add(token.toString());
        token.setLength(0);
      }
      token.append(text.charAt(i));
    }
    if (!token.isEmpty()) {
      tokens.add(token.toString());
    }
    return tokens;
  }

  static double logProb(String token) {
    return -token.length() / 10.0;
  }

  private JsonNode completion(JsonNode body) {
    String prompt = body.get("prompt").textValue();
    if (prompt.contains("too long")) {
      return object().put("status", 400).put("message", "prompt has too many tokens");
    }
    ObjectNode answer = object();
    ObjectNode choice = answer.putArray("choices").addObject();
    boolean echo = body.path("echo").asBoolean() && offers.contains(Offer.ECHO);
    choice.put("text", (echo ? prompt : "") + " yes");
    choice.put("finish_reason", "stop");
    if (body.has("logprobs") && echo) {
      ObjectNode found = choice.putObject("logprobs");
      int offset = 0;
      for (String token : tokens(prompt + " yes")) {
        found.withArray("/tokens").add(token);
        found.withArray("/text_offset").add(offset);
        if (offset == 0) {
          found.withArray("/token_logprobs").addNull();
          found.withArray("/top_logprobs").addNull();
        } else {
          found.withArray("/token_logprobs").add(logProb(token));
          found.withArray("/top_logprobs").addObject().put(" a", -0.2);
        }
        offset += token.length();
      }
    }
    answer.putObject("usage").put("completion_tokens", 1);
    return answer;
  }

  private static JsonNode chat(JsonNode body) {
    ObjectNode answer = object();
    ObjectNode choice = answer.putArray("choices").addObject();
    int last = body.get("messages").size() - 1;
    choice
        .putObject("message")
        .put("content", "You said: " + body.get("messages").get(last).get("content").textValue());
    choice.put("finish_reason", "length");
    answer.putObject("usage").put("completion_tokens", 3);
    return answer;
  }

  private final List<String> vocabulary = new ArrayList<>();

  private synchronized int id(String token) {
    if (!vocabulary.contains(token)) {
      vocabulary.add(token);
    }
    return vocabulary.indexOf(token);
  }

  private synchronized String text(JsonNode ids) {
    StringBuilder text = new StringBuilder();
    ids.forEach(id -> text.append(vocabulary.get(id.intValue())));
    return text.toString();
  }

  private JsonNode tokenize(JsonNode body) {
    String text;
    if (body.has("messages") && offers.contains(Offer.DETOKENIZE)) {
      text = rendered(body);
    } else if (body.has("content") && offers.contains(Offer.N_PROBS)) {
      text = body.get("content").textValue();
    } else {
      return null;
    }
    ObjectNode answer = object();
    ArrayNode ids = answer.putArray("tokens");
    tokens(text).forEach(token -> ids.add(id(token)));
    return answer;
  }

  private synchronized JsonNode steps(JsonNode body) {
    ObjectNode answer = object();
    ArrayNode top =
        answer.putArray("completion_probabilities").addObject().putArray("top_logprobs");
    int most = body.get("n_probs").intValue();
    List<String> likely = new ArrayList<>(vocabulary);
    likely.sort((one, other) -> Integer.compare(one.length(), other.length()));
    // Of a few, the stand-in tells two only, so that the rest has to be asked for.
    likely.stream()
        .limit(most < 1000 ? 2 : most)
        .forEach(
            token ->
                top.addObject()
                    .put("id", vocabulary.indexOf(token))
                    .put("logprob", logProb(token)));
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
