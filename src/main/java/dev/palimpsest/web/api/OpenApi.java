package dev.palimpsest.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.web.failure.Problem;
import dev.palimpsest.web.guard.Role;
import java.util.List;
import java.util.Locale;

/** Writes the OpenAPI 3.1 document of operations. */
final class OpenApi {
  private static final String DESCRIPTION =
      """
      All that the pages of Palimpsest do, for programs; but decisions are signed in the browser \
      only. Failures are problems of RFC 9457. With accounts a program sends a token of \
      /account as "Authorization: Bearer TOKEN"; without accounts, on this machine, none is needed.\
      """;
  private static final String TOKEN = "token";
  private static final String SESSION = "session";

  private final Shapes shapes;
  private final ObjectNode problem;

  OpenApi(Shapes shapes) {
    this.shapes = shapes;
    this.problem = shapes.answer(Problem.class);
  }

  ObjectNode document(List<Operation> operations) {
    ObjectNode document = Json.mapper().createObjectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Palimpsest")
        .put("version", "1.0.0")
        .put("description", DESCRIPTION)
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    document.putArray("servers").addObject().put("url", "/");
    ObjectNode paths = document.putObject("paths");
    operations.forEach(one -> add(paths, one));
    ObjectNode components = document.putObject("components");
    ObjectNode schemas = components.putObject("schemas");
    shapes.named().forEach(schemas::set);
    ObjectNode security = components.putObject("securitySchemes");
    security.putObject(TOKEN).put("type", "http").put("scheme", "bearer");
    security
        .putObject(SESSION)
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", "palimpsest_session");
    return document;
  }

  private void add(ObjectNode paths, Operation one) {
    ObjectNode told =
        paths.withObject(pointer(one.path())).putObject(one.method().toLowerCase(Locale.ROOT));
    told.put("operationId", one.id()).put("summary", one.summary());
    told.putArray("tags").add(tag(one));
    told.put("x-least-role", one.role().label());
    security(told, one.role());
    ArrayNode parameters = told.putArray("parameters");
    one.parameters().forEach(parameter -> add(parameters, parameter));
    one.takes()
        .ifPresent(
            schema -> {
              ObjectNode body = told.putObject("requestBody").put("required", true);
              body.putObject("content").putObject("application/json").set("schema", schema);
            });
    ObjectNode answers = told.putObject("responses");
    answer(answers, one);
    one.refusals().forEach(status -> refusal(answers, status));
  }

  private static String pointer(String path) {
    return "/" + path.replace("~", "~0").replace("/", "~1");
  }

  private static String tag(Operation one) {
    return one.path().substring(ApiRoutes.BASE.length() + 1).split("/", 2)[0];
  }

  private static void security(ObjectNode told, Role role) {
    ArrayNode ways = told.putArray("security");
    if (role == Role.ANYONE) {
      return;
    }
    ways.addObject().putArray(SESSION);
    if (role.isForPrograms()) {
      ways.addObject().putArray(TOKEN);
    }
    ways.addObject();
  }

  private static void add(ArrayNode parameters, Parameter parameter) {
    ObjectNode told = parameters.addObject().put("name", parameter.name());
    told.put("in", parameter.inPath() ? "path" : "query").put("required", parameter.required());
    if (!parameter.says().isEmpty()) {
      told.put("description", parameter.says());
    }
    told.set("schema", parameter.schema());
  }

  private static void answer(ObjectNode answers, Operation one) {
    ObjectNode told =
        answers.putObject(Integer.toString(one.status())).put("description", one.summary() + ".");
    if (one.contentType().isEmpty()) {
      return;
    }
    ObjectNode content = told.putObject("content").putObject(one.contentType());
    one.answers().ifPresent(schema -> content.set("schema", schema));
  }

  private void refusal(ObjectNode answers, int status) {
    ObjectNode told =
        answers
            .putObject(Integer.toString(status))
            .put("description", Problem.of(status, "").title() + ".");
    if (status == ApiRoutes.UNREAD) {
      told.putObject("content").putObject("text/html");
      return;
    }
    told.putObject("content").putObject(Problem.CONTENT_TYPE).set("schema", problem);
  }
}
