package dev.palimpsest.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routes of the API. A route is registered together with what its description says of it, so
 * that neither is there without the other.
 */
public final class ApiRoutes {
  /** Where all of them are. */
  public static final String BASE = "/api/v1";

  static final String PAGE = "page";
  static final String SIZE = "size";
  static final int USUAL_SIZE = 50;

  /** Of an address that is too long to be read, so that nobody knows it is one of these. */
  static final int UNREAD = 414;

  private static final int LARGEST_SIZE = 500;
  private static final int LAST_PAGE = 1_000_000;
  private static final String JSON = "application/json";
  private static final Pattern STEP = Pattern.compile("\\{(\\w+)}");

  private final RoutesConfig routes;
  private final Shapes shapes = new Shapes();
  private final List<Operation> operations = new ArrayList<>();
  private ObjectNode description;

  public ApiRoutes(RoutesConfig routes) {
    this.routes = routes;
  }

  /** Declares the description of all that was declared; it is made when it is first asked for. */
  public void describeYourself() {
    get("/openapi.json", Role.ANYONE, "getDescription", "This description, as OpenAPI 3.1")
        .file(JSON)
        .by(call -> description());
  }

  private synchronized ObjectNode description() {
    if (description == null) {
      description = new OpenApi(shapes).document(operations);
    }
    return description;
  }

  /** Declares an operation that reads. */
  public Draft get(String path, Role role, String id, String summary) {
    return new Draft("GET", path, role, id, summary);
  }

  /** Declares an operation that makes something or starts it. */
  public Draft post(String path, Role role, String id, String summary) {
    return new Draft("POST", path, role, id, summary);
  }

  /** Declares an operation that changes something. */
  public Draft patch(String path, Role role, String id, String summary) {
    return new Draft("PATCH", path, role, id, summary);
  }

  /** Declares an operation that removes something. */
  public Draft delete(String path, Role role, String id, String summary) {
    return new Draft("DELETE", path, role, id, summary).nothing();
  }

  /** What an operation does. */
  @FunctionalInterface
  public interface Work {
    /**
     * Answers a request.
     *
     * @return what is written as JSON; null where the answer was written already, or has no body
     */
    Object answer(Call call);
  }

  /**
   * What an operation takes that needs no more said: an empty object. That it is JSON is what tells
   * a program from a form of another site.
   */
  record Nothing() {}

  /** An operation that is being declared. */
  public final class Draft {
    private final String method;
    private final String path;
    private final Role role;
    private final String id;
    private final String summary;
    private final List<Parameter> parameters = new ArrayList<>();
    private final TreeSet<Integer> refusals =
        new TreeSet<>(List.of(400, 401, 403, UNREAD, 421, 429, 500, 503));
    private Optional<ObjectNode> takes = Optional.empty();
    private Optional<ObjectNode> answers = Optional.empty();
    private int status = 200;
    private String contentType = JSON;

    private Draft(String method, String path, Role role, String id, String summary) {
      this.method = method;
      this.path = BASE + path;
      this.role = role;
      this.id = id;
      this.summary = summary;
      Matcher steps = STEP.matcher(path);
      while (steps.find()) {
        parameters.add(Parameter.step(steps.group(1)));
        refusals.add(404);
      }
      if (!method.equals("GET")) {
        refusals.addAll(List.of(413, 415));
      }
    }

    /** Takes a text in the query. */
    public Draft asks(String name, String says) {
      parameters.add(Parameter.text(name, says));
      return this;
    }

    /** Takes a text in the query that has to be there. */
    public Draft needs(String name, String says) {
      parameters.add(Parameter.required(name, says));
      return this;
    }

    /** Takes one of some words in the query. */
    public Draft asksOneOf(String name, String says, String... values) {
      parameters.add(Parameter.oneOf(name, says, values));
      return this;
    }

    /** Answers a page of a list. */
    public Draft pages(Class<?> row) {
      parameters.add(Parameter.number(PAGE, 1, LAST_PAGE, 1, "The page, from 1."));
      parameters.add(
          Parameter.number(SIZE, 1, LARGEST_SIZE, USUAL_SIZE, "The most rows of a page."));
      answers = Optional.of(shapes.page(row));
      return this;
    }

    /** Takes a record as its body. */
    public Draft takes(Class<?> body) {
      takes = Optional.of(shapes.request(body));
      refusals.add(422);
      return this;
    }

    /** Answers a record. */
    public Draft answers(Class<?> body) {
      answers = Optional.of(shapes.answer(body));
      return this;
    }

    /** Answers a record of what was made. */
    public Draft creates(Class<?> body) {
      status = 201;
      return answers(body);
    }

    /** Answers without a body. */
    public Draft nothing() {
      status = 204;
      contentType = "";
      return this;
    }

    /** Answers a file. */
    public Draft file(String type) {
      contentType = type;
      answers = type.equals(JSON) ? Optional.of(Shapes.node("object")) : Optional.empty();
      return this;
    }

    /** Names further statuses that it refuses with. */
    public Draft refuses(Integer... statuses) {
      refusals.addAll(Arrays.asList(statuses));
      return this;
    }

    /** Registers the route. */
    public void by(Work work) {
      if (takes.isEmpty() && method.equals("POST")) {
        takes = Optional.of(shapes.request(Nothing.class));
      }
      Operation operation =
          new Operation(
              method,
              path,
              role,
              id,
              summary,
              parameters,
              takes,
              status,
              contentType,
              answers,
              refusals);
      operations.add(operation);
      Arrival arrival = new Arrival(operation, shapes);
      routes.addHttpHandler(
          HandlerType.findOrCreate(method),
          path,
          ctx -> {
            Call call = arrival.read(ctx);
            ctx.status(status);
            Object answer = work.answer(call);
            if (answer != null) {
              ctx.json(answer);
            }
          },
          role);
    }
  }
}
