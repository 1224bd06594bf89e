package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.account.User;
import dev.palimpsest.decision.Blessings;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.NewCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.registry.Upload;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The list of checkpoints, one of them, and adding one. */
final class CheckpointPages {
  /** A line of the list. */
  public record Row(
      String id,
      String name,
      String base,
      String kind,
      String model,
      long bytes,
      String digest,
      State state) {}

  private final CheckpointRegistry registry;
  private final Blessings blessings;
  private final Views views;

  CheckpointPages(CheckpointRegistry registry, Blessings blessings, Views views) {
    this.registry = registry;
    this.blessings = blessings;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/checkpoints", this::list, Role.VIEWER);
    routes.get("/checkpoints/new", this::form, Role.AUDITOR);
    routes.post("/checkpoints/register", this::register, Role.AUDITOR);
    routes.get("/checkpoints/{id}", this::show, Role.VIEWER);
    routes.post("/checkpoints/{id}/check", this::checkAgain, Role.AUDITOR);
  }

  private void list(Context ctx) {
    List<RegisteredCheckpoint> all = registry.list();
    Map<String, String> names = new HashMap<>();
    all.forEach(checkpoint -> names.put(checkpoint.id(), checkpoint.name()));
    List<Row> rows = all.stream().map(checkpoint -> row(checkpoint, names)).toList();
    views.page(ctx, "checkpoints", Map.of("rows", rows));
  }

  private static Row row(RegisteredCheckpoint checkpoint, Map<String, String> names) {
    return new Row(
        checkpoint.id(),
        checkpoint.name(),
        checkpoint.baseId().map(names::get).filter(Objects::nonNull).orElse(""),
        label(checkpoint.kind()),
        InspectionView.of(checkpoint).summary(),
        checkpoint.bytes(),
        checkpoint.digest().orElse(""),
        checkpoint.state());
  }

  private void form(Context ctx) {
    form(ctx, "");
  }

  private void form(Context ctx, String problem) {
    Map<String, Object> model = new HashMap<>();
    model.put("problem", problem);
    model.put("bases", bases());
    model.put("roots", registry.roots().list().stream().map(Object::toString).toList());
    for (String field : List.of("name", "kind", "base", "path")) {
      model.put(field, Optional.ofNullable(field(ctx, field)).orElse(""));
    }
    model.put("scripts", List.of("vendor/tus-4.3.1.min.js", "upload.js"));
    views.page(ctx, "checkpoint-new", model);
  }

  private static String field(Context ctx, String name) {
    return ctx.req().getMethod().equals("POST") ? ctx.formParam(name) : ctx.queryParam(name);
  }

  private List<RegisteredCheckpoint> bases() {
    return registry.list().stream()
        .filter(checkpoint -> checkpoint.isReady() && checkpoint.kind() != Kind.ADAPTER)
        .toList();
  }

  private void register(Context ctx) {
    try {
      NewCheckpoint said =
          NewCheckpoint.parse(ctx.formParam("name"), ctx.formParam("kind"), ctx.formParam("base"))
              .by(Visitor.user(ctx).map(User::id).orElse(""), Visitor.actor(ctx));
      String path = Optional.ofNullable(ctx.formParam("path")).orElse("");
      ctx.redirect("/checkpoints/" + registry.registerPath(said, path).id());
    } catch (UserFacingException refused) {
      // The form comes back with what was typed, so that only what was wrong is typed again.
      ctx.status(Errors.status(refused));
      form(ctx, refused.getMessage());
    }
  }

  private void show(Context ctx) {
    RegisteredCheckpoint checkpoint = registry.get(ctx.pathParam("id"));
    InspectionView inspection = InspectionView.of(checkpoint);
    List<Upload> files = checkpoint.isReady() ? List.of() : registry.uploads().of(checkpoint.id());
    Map<String, Object> model = new HashMap<>();
    model.put("checkpoint", checkpoint);
    model.put("kind", label(checkpoint.kind()));
    model.put("base", checkpoint.baseId().flatMap(registry::find).orElse(null));
    model.put("again", registry.canCheckAgain(checkpoint));
    Optional<String> digest = checkpoint.digest().filter(known -> checkpoint.isReady());
    model.put("approval", digest.flatMap(blessings::approval).orElse(null));
    model.put("blessed", digest.flatMap(blessings::of).orElse(null));
    model.put("facts", inspection.facts());
    model.put("findings", inspection.findings());
    model.put("files", files);
    model.put("contents", checkpoint.isReady() ? registry.files(checkpoint.id()) : List.of());
    model.put("same", registry.same(checkpoint));
    model.put(
        "waits",
        checkpoint.state() == State.UPLOADING && files.stream().allMatch(Upload::isComplete));
    model.put("received", files.stream().mapToLong(Upload::received).sum());
    model.put("scripts", List.of("vendor/tus-4.3.1.min.js", "upload.js"));
    if (checkpoint.state() == State.CHECKING) {
      model.put("refresh", "2");
    }
    views.page(ctx, "checkpoint", model);
  }

  private void checkAgain(Context ctx) {
    String id = ctx.pathParam("id");
    registry.checkAgain(id);
    ctx.redirect("/checkpoints/" + registry.get(id).id());
  }

  static String label(Kind kind) {
    return switch (kind) {
      case BASE -> "Base";
      case FULL -> "Full fine-tune";
      case ADAPTER -> "Adapter";
    };
  }
}
