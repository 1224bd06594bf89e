package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.checkpoint.GenerationConfig;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.preflight.facts.FactMode;
import dev.palimpsest.preflight.job.PreflightJobs;
import dev.palimpsest.preflight.job.PreflightRequest;
import dev.palimpsest.preflight.job.StoredPreflight;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.SecurityHeaders;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looking at a training file: what is asked, and what came of it. */
final class PreflightPages {
  private static final int USUAL_LENGTH = 2048;

  private final PreflightJobs jobs;
  private final CheckpointRegistry registry;
  private final Views views;

  PreflightPages(PreflightJobs jobs, CheckpointRegistry registry, Views views) {
    this.jobs = jobs;
    this.registry = registry;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/preflight", ctx -> list(ctx, ""), Role.VIEWER);
    routes.post("/preflight", this::start, Role.AUDITOR);
    routes.get("/preflight/{id}", this::show, Role.VIEWER);
    routes.get("/preflight/{id}/preflight.json", this::download, Role.VIEWER);
    routes.post("/preflight/{id}/remove", this::remove, Role.AUDITOR);
  }

  private void list(Context ctx, String problem) {
    Map<String, Object> model = new HashMap<>();
    model.put("problem", problem);
    model.put("looks", jobs.newest());
    model.put("bases", ready().stream().filter(one -> one.kind() != Kind.ADAPTER).toList());
    model.put("tunes", ready().stream().filter(one -> one.kind() != Kind.BASE).toList());
    model.put("roots", registry.roots().list().stream().map(Path::toString).toList());
    for (String field : List.of("base", "tuned", "path", "facts", "length")) {
      model.put(field, field(ctx, field));
    }
    views.page(ctx, "preflights", model);
  }

  private List<RegisteredCheckpoint> ready() {
    return registry.list().stream().filter(RegisteredCheckpoint::isReady).toList();
  }

  private static String field(Context ctx, String name) {
    boolean post = ctx.req().getMethod().equals("POST");
    return Optional.ofNullable(post ? ctx.formParam(name) : ctx.queryParam(name))
        .map(String::strip)
        .orElse("");
  }

  private void start(Context ctx) {
    try {
      ctx.redirect("/preflight/" + jobs.start(request(ctx)));
    } catch (UserFacingException refused) {
      ctx.status(Errors.status(refused));
      list(ctx, refused.getMessage());
    }
  }

  private PreflightRequest request(Context ctx) {
    RegisteredCheckpoint base = chosen(field(ctx, "base"), "base");
    String tuned = field(ctx, "tuned");
    Optional<RegisteredCheckpoint> other =
        tuned.isEmpty() ? Optional.empty() : Optional.of(chosen(tuned, "tuned checkpoint"));
    if (base.kind() == Kind.ADAPTER) {
      throw WebException.badRequest("An adapter cannot be the base; choose what it was made for.");
    }
    other
        .filter(one -> one.kind() == Kind.ADAPTER)
        .filter(one -> !one.baseId().equals(Optional.of(base.id())))
        .ifPresent(
            one -> {
              throw WebException.badRequest(
                  one.name() + " was made for another base; choose what fits.");
            });
    return new PreflightRequest(
        checkpoint(base),
        base.digest().orElse(base.id()),
        isPaddedWithEnd(base.location()),
        other.map(PreflightPages::checkpoint),
        registry.roots().file(field(ctx, "path")),
        length(field(ctx, "length")),
        FactMode.of(field(ctx, "facts")),
        Visitor.user(ctx).map(user -> user.name()).orElse(""));
  }

  private RegisteredCheckpoint chosen(String id, String what) {
    return registry
        .find(id)
        .filter(RegisteredCheckpoint::isReady)
        .orElseThrow(() -> WebException.badRequest("Choose the " + what + " from the list."));
  }

  private static PreflightRequest.Checkpoint checkpoint(RegisteredCheckpoint one) {
    return new PreflightRequest.Checkpoint(one.id(), one.name(), one.location());
  }

  private static boolean isPaddedWithEnd(Path path) {
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      GenerationConfig ids = checkpoint.generationConfig();
      return ids.padTokenId().isPresent()
          && ids.eosTokenIds().contains(ids.padTokenId().getAsInt());
    }
  }

  private static int length(String typed) {
    if (typed.isEmpty()) {
      return USUAL_LENGTH;
    }
    if (!typed.matches("[1-9]\\d{0,6}")) {
      throw WebException.badRequest(
          "The longest row is not a whole number of tokens, like 2048; leave it empty for 2048.");
    }
    return Integer.parseInt(typed);
  }

  private void show(Context ctx) {
    StoredPreflight look = existing(ctx);
    Map<String, Object> model = new HashMap<>();
    model.put("look", look);
    model.put("view", look.isDone() ? PreflightView.of(look.result()) : null);
    if (look.isRunning()) {
      model.put("refresh", "3");
    }
    views.page(ctx, "preflight", model);
  }

  private void download(Context ctx) {
    StoredPreflight look = existing(ctx);
    if (!look.isDone()) {
      throw WebException.notFound("The result is not there yet.");
    }
    SecurityHeaders.inert(ctx);
    ctx.header("Content-Disposition", "attachment; filename=\"preflight.json\"");
    ctx.contentType("application/json").result(look.result());
  }

  private void remove(Context ctx) {
    jobs.remove(existing(ctx).id());
    ctx.redirect("/preflight");
  }

  private StoredPreflight existing(Context ctx) {
    return jobs.find(ctx.pathParam("id"))
        .orElseThrow(() -> WebException.notFound("There is no such look at a training file."));
  }
}
