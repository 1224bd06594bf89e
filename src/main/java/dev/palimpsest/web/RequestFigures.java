package dev.palimpsest.web;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Counts requests by route and status, gives each an id and notes it in the log. A route is named
 * by its template: what is asked for in a query may be anybody's words.
 */
final class RequestFigures {
  private static final Logger LOG = LoggerFactory.getLogger("dev.palimpsest.requests");
  private static final String ID = "request";
  private static final int ID_BYTES = 8;

  private final SecureRandom random = new SecureRandom();
  private final Map<Asked, Figure> figures = new ConcurrentHashMap<>();

  /**
   * What is counted together.
   *
   * @param route its template; "" where none matched
   */
  record Asked(String method, String route, int status) implements Comparable<Asked> {
    Asked {
      Objects.requireNonNull(method, "method is null");
      Objects.requireNonNull(route, "route is null");
    }

    @Override
    public int compareTo(Asked other) {
      return (route + " " + method + " " + status)
          .compareTo(other.route + " " + other.method + " " + other.status);
    }
  }

  /** How many requests, and how long they took together. */
  static final class Figure {
    private final LongAdder count = new LongAdder();
    private final DoubleAdder seconds = new DoubleAdder();

    long count() {
      return count.sum();
    }

    double seconds() {
      return seconds.sum();
    }
  }

  /** Gives a request its id, which the log tells in every line about it. */
  void begin(Context ctx) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    ctx.attribute(ID, id);
    ctx.header("X-Request-Id", id);
    MDC.put(ID, id);
  }

  /** Counts a request that was answered. */
  void note(Context ctx, float millis) {
    Endpoint matched = ctx.endpoints().matchedHttpEndpoint();
    Asked asked =
        new Asked(ctx.req().getMethod(), matched == null ? "" : matched.path, ctx.statusCode());
    Figure figure = figures.computeIfAbsent(asked, one -> new Figure());
    figure.count.increment();
    figure.seconds.add(millis / 1e3);
    String id = ctx.attribute(ID);
    LOG.atInfo()
        .addKeyValue(ID, id)
        .addKeyValue("method", asked.method())
        .addKeyValue("route", asked.route())
        .addKeyValue("status", asked.status())
        .addKeyValue("ms", Math.round(millis * 10) / 10.0)
        .log("answered");
    MDC.remove(ID);
  }

  /** Returns what was counted so far. */
  Map<Asked, Figure> all() {
    return new TreeMap<>(figures);
  }
}
