package dev.palimpsest.web.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.account.User;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.CheckpointRegistry.SumsFile;
import dev.palimpsest.registry.DeclaredUpload;
import dev.palimpsest.registry.DroppedFile;
import dev.palimpsest.registry.ManifestEntry;
import dev.palimpsest.registry.NewCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.Upload;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON around an upload: declare a checkpoint's files and get an address for each, ask how far
 * they are, say that all is sent.
 */
public final class UploadApi {
  /** A file as the API shows it. */
  record FileView(String source, String path, long size, long offset, long modified, String url) {}

  /** A checkpoint under way as the API shows it. */
  record UploadView(
      String id,
      String name,
      String state,
      Optional<String> problem,
      List<FileView> files,
      List<String> leftOut) {}

  private final CheckpointRegistry registry;

  public UploadApi(CheckpointRegistry registry) {
    this.registry = registry;
  }

  /** Adds the routes. */
  public void routes(RoutesConfig routes) {
    routes.post("/api/checkpoints", this::declare, Role.AUDITOR);
    routes.post("/api/checkpoints/propose", this::propose, Role.AUDITOR);
    routes.get("/api/checkpoints/{id}", this::show, Role.VIEWER);
    routes.post("/api/checkpoints/{id}/finish", this::finish, Role.AUDITOR);
  }

  private void declare(Context ctx) {
    JsonNode request = read(ctx);
    NewCheckpoint said =
        NewCheckpoint.parse(text(request, "name"), text(request, "kind"), text(request, "base"))
            .by(Visitor.user(ctx).map(User::id).orElse(""), Visitor.actor(ctx));
    DeclaredUpload declared =
        registry.declare(said, files(request.path("files")), sums(request.path("sums")));
    List<FileView> views =
        declared.files().stream().map(file -> view(file.source(), file.upload())).toList();
    ctx.status(201).json(view(declared.checkpoint(), views, declared.leftOut()));
  }

  /** Says what dropped files could be added as; who may not read hears nothing of others. */
  private void propose(Context ctx) {
    JsonNode request = read(ctx);
    List<DroppedFile> dropped = new ArrayList<>();
    for (JsonNode file : request.path("files")) {
      requireFile(file);
      dropped.add(
          new DroppedFile(
              file.path("path").textValue(),
              file.path("size").longValue(),
              Optional.ofNullable(text(file, "text"))));
    }
    boolean reader = Visitor.of(ctx).has(Role.VIEWER, ctx.path());
    ctx.json(registry.propose(dropped, reader));
  }

  private void show(Context ctx) {
    RegisteredCheckpoint checkpoint = registry.get(ctx.pathParam("id"));
    ctx.json(view(checkpoint, views(checkpoint), List.of()));
  }

  private void finish(Context ctx) {
    requireJson(ctx);
    registry.finish(ctx.pathParam("id"));
    show(ctx);
  }

  private List<FileView> views(RegisteredCheckpoint checkpoint) {
    return registry.uploads().of(checkpoint.id()).stream()
        .map(upload -> view(upload.path(), upload))
        .toList();
  }

  private static UploadView view(
      RegisteredCheckpoint checkpoint, List<FileView> files, List<String> leftOut) {
    return new UploadView(
        checkpoint.id(),
        checkpoint.name(),
        checkpoint.state().name(),
        checkpoint.problem(),
        files,
        leftOut);
  }

  private static FileView view(String source, Upload upload) {
    return new FileView(
        source,
        upload.path(),
        upload.length(),
        upload.received(),
        upload.modified(),
        TusUploads.url(upload));
  }

  private static JsonNode read(Context ctx) {
    requireJson(ctx);
    try {
      return Json.mapper().readTree(ctx.body());
    } catch (JsonProcessingException notJson) {
      throw new WebException(400, "The list of files is not JSON; send it from the upload page.");
    }
  }

  /** A form of another site can post text, but not JSON. */
  private static void requireJson(Context ctx) {
    String type = ctx.contentType();
    if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
      throw new WebException(415, "Send JSON, with the content type application/json.");
    }
  }

  private static String text(JsonNode request, String field) {
    JsonNode value = request.path(field);
    return value.isTextual() ? value.textValue() : null;
  }

  private static List<ManifestEntry> files(JsonNode list) {
    List<ManifestEntry> entries = new ArrayList<>();
    for (JsonNode file : list) {
      requireFile(file);
      entries.add(
          new ManifestEntry(
              file.path("path").textValue(),
              file.path("size").longValue(),
              modified(file.path("modified")),
              Optional.ofNullable(text(file, "sha256"))));
    }
    return entries;
  }

  private static void requireFile(JsonNode file) {
    if (!file.path("path").isTextual() || !isWholeNumber(file.path("size"))) {
      throw new WebException(
          400, "Every file needs its path and its size, a whole number of bytes.");
    }
  }

  /** Returns the sender's SHA256SUMS, if it came along. */
  private static Optional<SumsFile> sums(JsonNode sums) {
    return Optional.ofNullable(text(sums, "text"))
        .map(text -> new SumsFile(Optional.ofNullable(text(sums, "folder")).orElse(""), text));
  }

  /** A size of 1.5 is no size; a library would make 1 of it. */
  private static boolean isWholeNumber(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong();
  }

  private static long modified(JsonNode time) {
    return isWholeNumber(time) && time.longValue() > 0 ? time.longValue() : 0;
  }
}
