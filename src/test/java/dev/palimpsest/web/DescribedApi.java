package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.palimpsest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A program that asks the API and holds each answer to what the API's description says of it. */
final class DescribedApi {
  private static final String BASE = "/api/v1";

  private final TestApp app;
  private final JsonNode description;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<String> answered = new TreeSet<>();
  private Map<String, String> headers = Map.of();

  DescribedApi(TestApp app) {
    this.app = app;
    this.description = json(app.get(BASE + "/openapi.json").body());
  }

  JsonNode description() {
    return description;
  }

  /** Sends further requests with a header. */
  DescribedApi with(String name, String value) {
    headers = Map.of(name, value);
    return this;
  }

  /** Returns the operations that answered with success so far. */
  Set<String> answered() {
    return answered;
  }

  JsonNode get(String path) {
    return json(ask("GET", path, "", 200).body());
  }

  JsonNode post(String path, String body, int status) {
    return json(ask("POST", path, body, status).body());
  }

  HttpResponse<String> ask(String method, String path, String body, int status) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(app.uri(BASE + path))
            .method(method, BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (!method.equals("GET")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
    check(method, BASE + path.split("\\?", 2)[0], answer);
    return answer;
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void check(String method, String path, HttpResponse<String> answer) {
    JsonNode operation = operation(method, path);
    String status = Integer.toString(answer.statusCode());
    JsonNode told = operation.path("responses").path(status);
    assertThat(told.isMissingNode()).as("%s %s tells of %s", method, path, status).isFalse();
    if (answer.statusCode() < 300) {
      answered.add(operation.path("operationId").textValue());
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    if (answer.statusCode() == 204) {
      assertThat(answer.body()).isEmpty();
      assertThat(told.has("content")).isFalse();
      return;
    }
    JsonNode content = told.path("content").path(type);
    assertThat(content.isMissingNode())
        .as("%s %s answers %s with %s", method, path, status, type)
        .isFalse();
    if (content.has("schema")) {
      ObjectNode schema = content.path("schema").deepCopy();
      schema.set("components", description.path("components"));
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(schema)
                  .validate(json(answer.body())))
          .as("%s %s: %s", method, path, answer.body())
          .isEmpty();
    }
  }

  /** A path without parameters goes before one with them, as a longer match does. */
  private JsonNode operation(String method, String path) {
    String name = method.toLowerCase(Locale.ROOT);
    JsonNode exact = description.path("paths").path(path).path(name);
    if (!exact.isMissingNode()) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> one : description.path("paths").properties()) {
      boolean fits = path.matches(one.getKey().replaceAll("\\{\\w+}", "[^/]+"));
      if (fits && one.getValue().has(name)) {
        return one.getValue().path(name);
      }
    }
    throw new AssertionError("the description has no " + method + " " + path);
  }

  static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
