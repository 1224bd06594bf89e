package dev.palimpsest.evidence.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.ServerAddress;
import dev.palimpsest.evidence.EvidenceException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A model registry behind MLflow's REST API 2.0 (mlflow.org/docs, "REST API", Model Registry):
 * searches versions, sets their tags, moves aliases.
 */
public final class MlflowRegistry {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final String API = "/api/2.0/mlflow/";
  private static final int PAGE = 200;
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration TO_ANSWER = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TO_CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final String address;
  private final Optional<String> authorization;

  private MlflowRegistry(String address, Optional<String> authorization) {
    this.address = address;
    this.authorization = authorization;
  }

  /**
   * Makes one; nothing is asked yet.
   *
   * @param address of the tracking server, {@code http://host:5000}
   * @param environment where MLflow's own clients read who they are: {@code MLFLOW_TRACKING_TOKEN},
   *     or {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}
   * @throws EvidenceException if the address is none
   */
  public static MlflowRegistry at(String address, Map<String, String> environment) {
    if (ServerAddress.of(address, SCHEMES).isPresent()) {
      return new MlflowRegistry(address.replaceAll("/+$", ""), authorization(environment));
    }
    throw new EvidenceException(
        "The address of the MLflow server is not one like http://host:5000, without a name or"
            + " password in it; correct it at --mlflow.");
  }

  private static Optional<String> authorization(Map<String, String> environment) {
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    if (!token.isEmpty()) {
      return Optional.of("Bearer " + token);
    }
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    String secret = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the versions with a tag. */
  public List<ModelVersion> tagged(String key, String value) {
    return search("tags.`" + key + "` = '" + value.replace("'", "") + "'");
  }

  /** Returns every version that there is, or those of one model. */
  public List<ModelVersion> versions(Optional<String> model) {
    return search(model.map(name -> "name = '" + name.replace("'", "") + "'").orElse(""));
  }

  private List<ModelVersion> search(String filter) {
    List<ModelVersion> found = new ArrayList<>();
    String page = "";
    do {
      JsonNode answer =
          get(
              "model-versions/search?max_results="
                  + PAGE
                  + (filter.isEmpty() ? "" : "&filter=" + encoded(filter))
                  + (page.isEmpty() ? "" : "&page_token=" + encoded(page)));
      answer.path("model_versions").forEach(node -> found.add(version(node)));
      page = answer.path("next_page_token").asText("");
    } while (!page.isEmpty());
    return found;
  }

  private static ModelVersion version(JsonNode node) {
    Map<String, String> tags = new HashMap<>();
    node.path("tags")
        .forEach(tag -> tags.put(tag.path("key").asText(), tag.path("value").asText()));
    return new ModelVersion(
        node.path("name").asText(),
        node.path("version").asText(),
        node.path("source").asText(),
        tags);
  }

  /** Sets a tag of a version; one of that name is replaced. */
  public void tag(ModelVersion version, String key, String value) {
    ObjectNode body = named(version.name());
    body.put("version", version.version());
    body.put("key", key);
    body.put("value", value);
    send("POST", "model-versions/set-tag", body);
  }

  /** Returns the number of the version that an alias stands for; empty if there is none. */
  public Optional<String> aliased(String model, String alias) {
    HttpResponse<String> answer =
        exchange(
            request("registered-models/alias?name=" + encoded(model) + "&alias=" + encoded(alias))
                .GET()
                .build());
    return answer.statusCode() == 200
        ? Optional.of(parsed(answer).path("model_version").path("version").asText())
        : Optional.empty();
  }

  /** Makes an alias stand for a version. */
  public void alias(ModelVersion version, String alias) {
    ObjectNode body = named(version.name());
    body.put("alias", alias);
    body.put("version", version.version());
    send("POST", "registered-models/alias", body);
  }

  /** Takes an alias away. */
  public void removeAlias(String model, String alias) {
    ObjectNode body = named(model);
    body.put("alias", alias);
    send("DELETE", "registered-models/alias", body);
  }

  private static ObjectNode named(String model) {
    return Json.mapper().createObjectNode().put("name", model);
  }

  private JsonNode get(String path) {
    return parsed(required(exchange(request(path).GET().build())));
  }

  private void send(String method, String path, ObjectNode body) {
    required(
        exchange(
            request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()))
                .build()));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(address + API + path)).timeout(TO_ANSWER);
    authorization.ifPresent(value -> builder.header("Authorization", value));
    return builder;
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new EvidenceException(
          "The MLflow server at "
              + address
              + " does not answer ("
              + Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())
              + "); is the address right, and does the server run?",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvidenceException("The request to MLflow was interrupted; try again.", e);
    }
  }

  private HttpResponse<String> required(HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status == 200) {
      return answer;
    }
    if (status == 401 || status == 403) {
      throw new EvidenceException(
          "The MLflow server at "
              + address
              + " refuses (HTTP "
              + status
              + "); set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and"
              + " MLFLOW_TRACKING_PASSWORD, to those of somebody who may change the model.");
    }
    throw new EvidenceException(
        "The MLflow server at " + address + " answers HTTP " + status + ": " + told(answer));
  }

  private static String told(HttpResponse<String> answer) {
    try {
      String message = Json.mapper().readTree(answer.body()).path("message").asText("");
      return message.isEmpty() ? "no reason given." : message.replaceAll("\\s+", " ");
    } catch (JsonProcessingException e) {
      return "no reason given.";
    }
  }

  private JsonNode parsed(HttpResponse<String> answer) {
    try {
      return Json.mapper().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new EvidenceException(
          "What answers at " + address + " is no MLflow server: it sends no JSON.", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
