package dev.palimpsest.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EndpointAddress;
import dev.palimpsest.inference.RunnerDiedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Sends requests to one server and reads its answers as JSON.
 *
 * <p>What may pass is tried again: a connection that cannot be made or is cut, no answer in time,
 * an answer that is no JSON, and the states 408, 429, 500, 502, 503 and 504. Where that does not
 * help, the server counts as gone ({@link RunnerDiedException}). Any other refusal is about the
 * request, and is told in the server's words.
 */
final class EndpointClient {
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final int LONGEST_REASON = 300;
  private static final int MOST_BYTES = 64 << 20;

  private final EndpointAddress address;
  private final Optional<String> key;
  private final Patience patience;
  private final HttpClient http;

  /**
   * Makes a client; nothing is sent.
   *
   * @param key sent as a bearer token, if there is one
   * @throws DecoderException if the key would be sent in the clear to another machine
   */
  EndpointClient(EndpointAddress address, Optional<String> key, Patience patience) {
    if (key.isPresent() && !address.isEncrypted() && !address.isHere()) {
      throw new DecoderException(
          "The key would go to "
              + address.url()
              + " in the clear; use https, or unset PALIMPSEST_ENDPOINT_KEY.");
    }
    this.address = address;
    this.key = key;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(patience.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Returns the address. */
  EndpointAddress address() {
    return address;
  }

  /**
   * Posts JSON below the address.
   *
   * @param path such as "/completions"
   */
  JsonNode post(String path, JsonNode body) {
    return answered(request(below(path)).POST(BodyPublishers.ofString(body.toString())));
  }

  /** Gets JSON from below the address. */
  JsonNode get(String path) {
    return answered(request(below(path)).GET());
  }

  /** Posts to the server's root, where its own paths lie; empty where it has no such path. */
  Optional<JsonNode> postToRoot(String path, JsonNode body) {
    return ifOffered(request(root(path)).POST(BodyPublishers.ofString(body.toString())));
  }

  /** Posts below the address; empty where the server refuses such a request. */
  Optional<JsonNode> postIfOffered(String path, JsonNode body) {
    return ifOffered(request(below(path)).POST(BodyPublishers.ofString(body.toString())));
  }

  /** Gets from the server's root; empty where it has no such path. */
  Optional<JsonNode> getFromRoot(String path) {
    return ifOffered(request(root(path)).GET());
  }

  private URI below(String path) {
    return URI.create(address.url() + path);
  }

  /** The servers' own paths lie beside {@code /v1}. */
  private URI root(String path) {
    return URI.create(address.url().replaceAll("/v1$", "") + path);
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(patience.answer())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json");
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private JsonNode answered(HttpRequest.Builder request) {
    Reply reply = sent(request.build());
    if (reply.status != 200) {
      throw refused(reply);
    }
    return reply.json;
  }

  private Optional<JsonNode> ifOffered(HttpRequest.Builder request) {
    Reply reply = sent(request.build());
    if (reply.status == 401 || reply.status == 403) {
      throw refused(reply);
    }
    return reply.status == 200 ? Optional.of(reply.json) : Optional.empty();
  }

  /** An answer that stands: of a refusal, what it says as JSON is of no matter. */
  private record Reply(int status, JsonNode json, String text) {}

  private Reply sent(HttpRequest request) {
    String why = "";
    for (int tries = 1; tries <= patience.attempts(); tries++) {
      Optional<String> retryAfter = Optional.empty();
      try {
        HttpResponse<String> response =
            http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        Optional<Reply> reply = reply(response);
        if (reply.isPresent()) {
          return reply.get();
        }
        retryAfter = response.headers().firstValue("Retry-After");
        why =
            PASSING.contains(response.statusCode())
                ? "it answers with status " + response.statusCode() + reason(response.body())
                : "its answer is no JSON";
      } catch (IOException e) {
        why = "no answer came (" + cause(e) + ")";
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw gone("the wait was interrupted");
      }
      if (tries < patience.attempts()) {
        pause(patience.pause(tries, retryAfter, Instant.now()));
      }
    }
    throw gone(why + ", " + patience.attempts() + " times");
  }

  /** Returns what stands; empty for what may pass. */
  private static Optional<Reply> reply(HttpResponse<String> response) {
    String body = response.body();
    if (PASSING.contains(response.statusCode()) || body.length() > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      JsonNode json = Json.mapper().readTree(body);
      boolean whole = json != null && json.isContainerNode();
      return whole || response.statusCode() != 200
          ? Optional.of(new Reply(response.statusCode(), json, body))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return response.statusCode() == 200
          ? Optional.empty()
          : Optional.of(new Reply(response.statusCode(), NullNode.getInstance(), body));
    }
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw gone("the wait was interrupted");
    }
  }

  private RunnerDiedException gone(String why) {
    return new RunnerDiedException(
        "The server at " + address.url() + " cannot be used: " + why + ".", why);
  }

  private DecoderException refused(Reply reply) {
    String what =
        switch (reply.status) {
          case 401, 403 ->
              key.isPresent()
                  ? "does not accept the key in PALIMPSEST_ENDPOINT_KEY"
                  : "wants a key; set PALIMPSEST_ENDPOINT_KEY";
          case 404 -> "has no such model or path; is the address that of its /v1?";
          case 301, 302, 303, 307, 308 -> "sends elsewhere, and redirects are not followed";
          default -> "refuses the request with status " + reply.status;
        };
    return new DecoderException(
        "The server at " + address.url() + " " + what + reason(reply.text) + ".");
  }

  /** Returns what an answer gives as its reason, cut. */
  private static String reason(String body) {
    String text = body;
    try {
      JsonNode json = Json.mapper().readTree(body);
      JsonNode error = json == null ? NullNode.getInstance() : json.path("error");
      text = error.path("message").asText(error.isTextual() ? error.textValue() : "");
      text = text.isEmpty() && json != null ? json.path("message").asText("") : text;
    } catch (JsonProcessingException e) {
      text = "";
    }
    String line = text.replaceAll("\\s+", " ").strip();
    if (line.isEmpty()) {
      return "";
    }
    return " (“"
        + (line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 1) + "…")
        + "”)";
  }

  private static String cause(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
