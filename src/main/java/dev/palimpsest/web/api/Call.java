package dev.palimpsest.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** A request that fits the schemas of its operation. */
public final class Call {
  private static final String READ = "palimpsest.call-read";

  private final Context ctx;
  private final JsonNode body;

  Call(Context ctx, JsonNode body) {
    this.ctx = ctx;
    this.body = body;
    ctx.attribute(READ, true);
  }

  /** Tells whether a request was found to fit the schemas of its operation. */
  public static boolean isRead(Context ctx) {
    return ctx.attribute(READ) != null;
  }

  /** Returns the request itself. */
  public Context ctx() {
    return ctx;
  }

  /** Returns a step of the path. */
  public String step(String name) {
    return ctx.pathParam(name);
  }

  /** Returns a query parameter, if it was given. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(ctx.queryParam(name));
  }

  /** Returns a query parameter that is a number. */
  public int number(String name, int otherwise) {
    return text(name).map(Integer::parseInt).orElse(otherwise);
  }

  /** Returns the body as a record. */
  public <T> T body(Class<T> type) {
    try {
      return Json.mapper().treeToValue(body, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema of " + type + " allows what it does not", e);
    }
  }

  /** Reads a part of a list. */
  @FunctionalInterface
  public interface Part<T> {
    /** Returns at most so many rows after the first {@code from}. */
    List<T> read(int from, int size);
  }

  /**
   * A part of a list, as it is answered.
   *
   * @param page from 1
   * @param size the most rows of a page
   * @param total rows over all pages
   */
  public record Page<T>(List<T> rows, int page, int size, int total) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /** Returns the page that is asked for, without rows where the list is not so long. */
  public <T> Page<T> page(int total, Part<T> part) {
    int page = number(ApiRoutes.PAGE, 1);
    int size = number(ApiRoutes.SIZE, ApiRoutes.USUAL_SIZE);
    long from = (page - 1L) * size;
    List<T> rows = from >= total ? List.of() : part.read((int) from, size);
    return new Page<>(rows, page, size, total);
  }

  /** Returns the page that is asked for of a list that is all there. */
  public <T> Page<T> page(List<T> all) {
    return page(all.size(), (from, size) -> all.subList(from, Math.min(from + size, all.size())));
  }
}
