package dev.palimpsest.web;

import dev.palimpsest.account.User;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.DeclaredUpload;
import dev.palimpsest.registry.ManifestEntry;
import dev.palimpsest.registry.NewCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegisteredCheckpoint.Origin;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.registry.Upload;
import dev.palimpsest.web.api.ApiRoutes;
import dev.palimpsest.web.api.Call;
import dev.palimpsest.web.api.Says;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.upload.TusUploads;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checkpoints for programs; the bytes of an upload go to {@link TusUploads}. */
final class ApiCheckpoints {
  private static final String PATH = "/checkpoints/{id}";
  private static final String UPLOAD = "/uploads/{id}";

  /** A checkpoint. */
  record CheckpointTold(
      String id,
      String name,
      Kind kind,
      @Says("Id of the base that it was tuned from.") Optional<String> base,
      Origin origin,
      String location,
      long bytes,
      @Says("Root digest of its files, once it is ready.") Optional<String> digest,
      State state,
      @Says("Why it was rejected.") Optional<String> problem,
      Instant createdAt) {
    static CheckpointTold of(RegisteredCheckpoint one) {
      return new CheckpointTold(
          one.id(),
          one.name(),
          one.kind(),
          one.baseId(),
          one.origin(),
          one.location().toString(),
          one.bytes(),
          one.digest(),
          one.state(),
          one.problem(),
          one.createdAt());
    }
  }

  /** A checkpoint that lies on the server's machine. */
  record NewPath(
      @Says(shortest = 1, longest = 100) String name,
      Kind kind,
      @Says("Id of the base; an adapter needs one.") Optional<String> base,
      @Says(value = "Where it lies, below a folder given by --root.", shortest = 1, longest = 4096)
          String path) {}

  /** A file that will be sent. */
  record NewFile(
      @Says(value = "Its path, / between the parts.", shortest = 1, longest = 4096) String path,
      @Says(least = 0) long size,
      @Says(value = "Its time on the sender's disk in milliseconds.", least = 0)
          Optional<Long> modified) {}

  /** A checkpoint whose files will be sent. */
  record NewUpload(
      @Says(shortest = 1, longest = 100) String name,
      Kind kind,
      @Says("Id of the base; an adapter needs one.") Optional<String> base,
      @Says(shortest = 1, longest = 2_000) List<NewFile> files) {}

  /** A file under way. */
  record UploadedFile(
      String path,
      long size,
      @Says("How many bytes are there.") long offset,
      @Says("Where its bytes are sent to by tus.") String url) {
    static UploadedFile of(String path, Upload upload) {
      return new UploadedFile(
          path, upload.length(), upload.received(), TusUploads.PATH + "/" + upload.id());
    }
  }

  /** A checkpoint under way. */
  record UploadTold(
      CheckpointTold checkpoint,
      List<UploadedFile> files,
      @Says("Paths of files that a checkpoint does not need.") List<String> leftOut) {}

  private final CheckpointRegistry registry;
  private final RemovalPages removals;

  ApiCheckpoints(CheckpointRegistry registry, RemovalPages removals) {
    this.registry = registry;
    this.removals = removals;
  }

  void routes(ApiRoutes api) {
    api.get("/checkpoints", Role.VIEWER, "listCheckpoints", "Checkpoints, newest first")
        .pages(CheckpointTold.class)
        .by(call -> call.page(registry.list().stream().map(CheckpointTold::of).toList()));
    api.post("/checkpoints", Role.AUDITOR, "registerCheckpoint", "Registers one where it lies")
        .takes(NewPath.class)
        .creates(CheckpointTold.class)
        .refuses(404, 409)
        .by(this::register);
    api.get(PATH, Role.VIEWER, "getCheckpoint", "A checkpoint")
        .answers(CheckpointTold.class)
        .by(call -> CheckpointTold.of(registry.get(call.step("id"))));
    api.post(PATH + "/check", Role.AUDITOR, "checkCheckpoint", "Checks a rejected one again")
        .answers(CheckpointTold.class)
        .refuses(409)
        .by(this::checkAgain);
    api.delete(PATH, Role.REMOVER, "removeCheckpoint", "Removes a checkpoint that nothing needs")
        .refuses(409)
        .by(this::remove);
    api.post("/uploads", Role.AUDITOR, "declareUpload", "Declares files, for sending by tus")
        .takes(NewUpload.class)
        .creates(UploadTold.class)
        .refuses(404, 409, 507)
        .by(this::declare);
    api.get(UPLOAD, Role.VIEWER, "getUpload", "How far the files of a checkpoint are")
        .answers(UploadTold.class)
        .by(call -> told(registry.get(call.step("id"))));
    api.post(UPLOAD + "/finish", Role.AUDITOR, "finishUpload", "Says that all files are sent")
        .answers(UploadTold.class)
        .refuses(409)
        .by(this::finish);
  }

  private static NewCheckpoint said(Call call, String name, Kind kind, Optional<String> base) {
    return NewCheckpoint.parse(name, kind.name(), base.orElse(null))
        .by(Visitor.user(call.ctx()).map(User::id).orElse(""), Visitor.actor(call.ctx()));
  }

  private CheckpointTold register(Call call) {
    NewPath asked = call.body(NewPath.class);
    NewCheckpoint said = said(call, asked.name(), asked.kind(), asked.base());
    CheckpointTold made = CheckpointTold.of(registry.registerPath(said, asked.path()));
    call.ctx().header("Location", ApiRoutes.BASE + "/checkpoints/" + made.id());
    return made;
  }

  private CheckpointTold checkAgain(Call call) {
    registry.checkAgain(call.step("id"));
    return CheckpointTold.of(registry.get(call.step("id")));
  }

  private Object remove(Call call) {
    removals.removeCheckpoint(call.step("id"));
    return null;
  }

  private UploadTold declare(Call call) {
    NewUpload asked = call.body(NewUpload.class);
    NewCheckpoint said = said(call, asked.name(), asked.kind(), asked.base());
    List<ManifestEntry> files =
        asked.files().stream()
            .map(file -> new ManifestEntry(file.path(), file.size(), file.modified().orElse(0L)))
            .toList();
    DeclaredUpload declared = registry.declare(said, files, Optional.empty());
    String id = declared.checkpoint().id();
    call.ctx().header("Location", ApiRoutes.BASE + "/uploads/" + id);
    return new UploadTold(
        CheckpointTold.of(declared.checkpoint()),
        declared.files().stream()
            .map(file -> UploadedFile.of(file.source(), file.upload()))
            .toList(),
        declared.leftOut());
  }

  private UploadTold told(RegisteredCheckpoint checkpoint) {
    List<UploadedFile> files =
        registry.uploads().of(checkpoint.id()).stream()
            .map(upload -> UploadedFile.of(upload.path(), upload))
            .toList();
    return new UploadTold(CheckpointTold.of(checkpoint), files, List.of());
  }

  private UploadTold finish(Call call) {
    registry.finish(call.step("id"));
    return told(registry.get(call.step("id")));
  }
}
