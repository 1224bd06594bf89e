package dev.palimpsest.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StorageException;
import dev.palimpsest.web.guard.HttpFront;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Figures for a monitoring system, in the text format of Prometheus, version 0.0.4. Where the
 * database is down those that come from it are left out, and {@code palimpsest_up} is 0.
 */
final class MetricsPages {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Database database;
  private final Ledger ledger;
  private final RequestFigures requests;
  private final ItemFigures items;
  private final HttpFront front;

  MetricsPages(Database database, RequestFigures requests, ItemFigures items, HttpFront front) {
    this.database = database;
    this.ledger = new Ledger(database);
    this.requests = requests;
    this.items = items;
    this.front = front;
  }

  void routes(RoutesConfig routes) {
    routes.get("/metrics", this::show, Role.WATCHER);
  }

  private void show(Context ctx) {
    MetricsText text = new MetricsText();
    requests(text);
    text.counter("palimpsest_items_scored_total", "Outcomes since the server started.")
        .value((double) items.scored());
    text.counter("palimpsest_upload_bytes_total", "Bytes of uploads since the server started.")
        .value((double) front.uploadedBytes());
    Runtime java = Runtime.getRuntime();
    text.gauge("palimpsest_heap_used_bytes", "Java's heap in use.")
        .value((double) (java.totalMemory() - java.freeMemory()));
    text.gauge("palimpsest_heap_max_bytes", "Java's heap at most.")
        .value((double) java.maxMemory());
    boolean up = true;
    try {
      stored(text);
    } catch (StorageException down) {
      up = false;
    }
    text.gauge("palimpsest_up", "Whether the database answers.").value(up ? 1 : 0);
    ctx.result(text.toString()).contentType(TYPE);
  }

  private void requests(MetricsText text) {
    MetricsText.Family count =
        text.counter(
            "palimpsest_http_requests_total", "Requests answered, by method, route and status.");
    requests.all().forEach((asked, figure) -> count.value((double) figure.count(), labels(asked)));
    MetricsText.Family seconds =
        text.counter("palimpsest_http_request_seconds_total", "The time that they took together.");
    requests.all().forEach((asked, figure) -> seconds.value(figure.seconds(), labels(asked)));
  }

  private static String[] labels(RequestFigures.Asked asked) {
    return new String[] {
      "method", asked.method(),
      "route", asked.route(),
      "status", Integer.toString(asked.status())
    };
  }

  private void stored(MetricsText text) {
    Map<String, Long> jobs = jobs();
    long bytes = database.bytes();
    Ledger.Head head = ledger.head();
    MetricsText.Family audits =
        text.gauge("palimpsest_audits", "Audits by the state of their job.");
    for (AuditState state : AuditState.values()) {
      audits.value(jobs.getOrDefault(state.name(), 0L), "state", state.name());
    }
    text.gauge("palimpsest_queue_length", "Audits that wait for their turn.")
        .value(jobs.getOrDefault(AuditState.QUEUED.name(), 0L));
    text.gauge("palimpsest_database_bytes", "What the database takes.").value((double) bytes);
    text.gauge("palimpsest_ledger_rows", "Rows of the ledger.").value((double) head.seq());
    if (head.seq() > 0) {
      ledger.forEach(
          head.seq(),
          row ->
              text.gauge(
                      "palimpsest_ledger_head_timestamp_seconds",
                      "When its newest row was written.")
                  .value(seconds(row.body())));
    }
  }

  private Map<String, Long> jobs() {
    return database.read(
        handle -> {
          Map<String, Long> jobs = new HashMap<>();
          handle
              .createQuery("select state, count(*) as jobs from job group by state")
              .map((row, context) -> Map.entry(row.getString("state"), row.getLong("jobs")))
              .forEach(one -> jobs.put(one.getKey(), one.getValue()));
          return jobs;
        });
  }

  private static double seconds(String row) {
    try {
      String time = Json.mapper().readTree(row).path("time").textValue();
      return Instant.parse(time).toEpochMilli() / 1e3;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of the ledger is JSON", e);
    }
  }
}
