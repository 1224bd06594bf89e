package dev.palimpsest.web.upload;

import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.Upload;
import dev.palimpsest.registry.UploadStore;
import dev.palimpsest.registry.UploadWriter;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * A tus 1.0.0 server (core, creation, termination, expiration, checksum) over the files that were
 * declared for a checkpoint. The method is the request's own; overrides by header are not looked
 * at.
 */
public final class TusUploads {
  /** Where uploads live. */
  public static final String PATH = "/files";

  private static final String VERSION = "1.0.0";
  private static final String CONTENT_TYPE = "application/offset+octet-stream";

  private final CheckpointRegistry registry;
  private final UploadStore store;

  public TusUploads(CheckpointRegistry registry) {
    this.registry = registry;
    this.store = registry.uploads();
  }

  /** Adds the routes. */
  public void routes(RoutesConfig routes) {
    routes.options(PATH, this::offer, Role.ANYONE);
    routes.options(PATH + "/{id}", this::offer, Role.ANYONE);
    routes.post(PATH, speakingTus(this::create), Role.AUDITOR);
    routes.head(PATH + "/{id}", speakingTus(this::offset), Role.AUDITOR);
    routes.patch(PATH + "/{id}", speakingTus(this::append), Role.AUDITOR);
    routes.delete(PATH + "/{id}", speakingTus(this::terminate), Role.AUDITOR);
  }

  /** Returns the address of an upload. */
  static String url(Upload upload) {
    return PATH + "/" + upload.id();
  }

  private void offer(Context ctx) {
    ctx.header("Tus-Resumable", VERSION);
    ctx.header("Tus-Version", VERSION);
    ctx.header("Tus-Max-Size", Long.toString(UploadStore.MAX_LENGTH));
    ctx.header("Tus-Extension", "creation,termination,expiration,checksum");
    ctx.header("Tus-Checksum-Algorithm", TusChecksum.OFFERED);
    ctx.status(204);
  }

  private static Handler speakingTus(Handler handler) {
    return ctx -> {
      ctx.header("Tus-Resumable", VERSION);
      if (!VERSION.equals(ctx.header("Tus-Resumable"))) {
        ctx.header("Tus-Version", VERSION);
        throw new WebException(412, "Uploads speak tus " + VERSION + "; send Tus-Resumable.");
      }
      handler.handle(ctx);
    };
  }

  private void create(Context ctx) {
    long length = TusHeaders.length(ctx);
    Map<String, String> metadata = TusHeaders.metadata(ctx);
    String checkpoint = required(metadata, "checkpoint");
    String path = required(metadata, "path");
    registry.requireUploading(checkpoint);
    Upload upload = store.begin(checkpoint, path, length, modified(metadata));
    expires(ctx, upload);
    ctx.header("Location", url(upload));
    ctx.status(201);
  }

  private void offset(Context ctx) {
    Upload upload = store.settled(ctx.pathParam("id"));
    if (!upload.isComplete()) {
      registry.requireUploading(upload.checkpointId());
    }
    ctx.header("Cache-Control", "no-store");
    ctx.header("Upload-Offset", Long.toString(upload.received()));
    ctx.header("Upload-Length", Long.toString(upload.length()));
    ctx.header(
        "Upload-Metadata",
        TusHeaders.encode(Map.of("checkpoint", upload.checkpointId(), "path", upload.path())));
    expires(ctx, upload);
    ctx.status(200);
  }

  private void append(Context ctx) {
    if (!CONTENT_TYPE.equals(ctx.contentType())) {
      throw new WebException(415, "The body of a PATCH is " + CONTENT_TYPE + ".");
    }
    long offset = TusHeaders.bytes(ctx, "Upload-Offset");
    Optional<TusChecksum> checksum = TusChecksum.of(ctx);
    Upload before = store.peek(ctx.pathParam("id"));
    registry.requireUploading(before.checkpointId());
    if (ctx.req().getContentLengthLong() > before.length() - offset) {
      throw new WebException(413, "More bytes are announced than the file has left.");
    }
    long now;
    try (UploadWriter writer = store.open(before.id(), offset, checksum.isPresent())) {
      now = new TusPatch(registry, writer, checksum).copy(ArrivingBody.of(ctx.req()));
    }
    ctx.header("Upload-Offset", Long.toString(now));
    expires(ctx, store.peek(before.id()));
    ctx.status(204);
    registry.finishIfWhole(before.checkpointId());
  }

  private void terminate(Context ctx) {
    Upload upload = store.peek(ctx.pathParam("id"));
    registry.requireUploading(upload.checkpointId());
    store.terminate(upload.id());
    ctx.status(204);
  }

  private static void expires(Context ctx, Upload upload) {
    if (!upload.isComplete()) {
      ctx.header(
          "Upload-Expires",
          DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expiresAt().atOffset(ZoneOffset.UTC)));
    }
  }

  private static String required(Map<String, String> metadata, String key) {
    String value = metadata.getOrDefault(key, "");
    if (value.isEmpty()) {
      throw new WebException(
          400, "Upload-Metadata needs 'checkpoint' and 'path'; send the list of files first.");
    }
    return value;
  }

  private static long modified(Map<String, String> metadata) {
    String value = metadata.getOrDefault("modified", "0");
    return value.matches("\\d{1,15}") ? Long.parseLong(value) : 0;
  }
}
