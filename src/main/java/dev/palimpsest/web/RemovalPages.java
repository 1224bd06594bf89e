package dev.palimpsest.web;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.Origin;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.suite.own.OwnSuiteException;
import dev.palimpsest.suite.own.OwnSuites;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Removing checkpoints, uploads under way, audits and suites made here: a page that says what
 * depends on it and what comes back, and the removal itself.
 */
final class RemovalPages {
  private final CheckpointRegistry registry;
  private final Audits audits;
  private final Reports reports;
  private final SignOffs signOffs;
  private final OwnSuites own;
  private final Views views;
  private final Show show = new Show();

  RemovalPages(
      CheckpointRegistry registry,
      Audits audits,
      Reports reports,
      SignOffs signOffs,
      OwnSuites own,
      Views views) {
    this.registry = registry;
    this.audits = audits;
    this.reports = reports;
    this.signOffs = signOffs;
    this.own = own;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get(
        "/checkpoints/{id}/remove",
        ctx -> ask(ctx, checkpoint(ctx.pathParam("id"))),
        Role.ADMINISTRATOR);
    routes.post("/checkpoints/{id}/remove", this::removeCheckpoint, Role.ADMINISTRATOR);
    routes.get(
        "/audits/{id}/remove", ctx -> ask(ctx, audit(ctx.pathParam("id"))), Role.ADMINISTRATOR);
    routes.post("/audits/{id}/remove", this::removeAudit, Role.ADMINISTRATOR);
    routes.get("/suites/{id}/remove", ctx -> ask(ctx, suite(version(ctx))), Role.ADMINISTRATOR);
    routes.post("/suites/{id}/remove", this::removeSuite, Role.ADMINISTRATOR);
  }

  private void ask(Context ctx, Removal removal) {
    views.page(ctx, "remove", Map.of("removal", removal));
  }

  private void removeCheckpoint(Context ctx) {
    removeCheckpoint(ctx.pathParam("id"));
    ctx.redirect("/checkpoints");
  }

  /** Removes a checkpoint, or fails and says why it stays. */
  void removeCheckpoint(String id) {
    checkpoint(id).require();
    registry.remove(id);
  }

  private void removeAudit(Context ctx) {
    removeAudit(ctx.pathParam("id"));
    ctx.redirect("/audits");
  }

  /** Removes an audit, or fails and says why it stays. */
  void removeAudit(String id) {
    audit(id).require();
    try {
      audits.remove(id);
    } catch (AuditException busy) {
      throw new WebException(409, busy.getMessage(), busy);
    }
  }

  private void removeSuite(Context ctx) {
    OwnSuites.Version version = version(ctx);
    removeSuite(version.id(), version.version());
    ctx.redirect("/suites");
  }

  /** Removes a version of a suite that was made here, or fails and says why it stays. */
  void removeSuite(String id, String asked) {
    OwnSuites.Version version = version(id, asked);
    suite(version).require();
    try {
      own.remove(version.id(), version.version());
    } catch (OwnSuiteException used) {
      throw new WebException(409, used.getMessage(), used);
    }
  }

  /** Returns the version that an address names, the newest where it names none. */
  private OwnSuites.Version version(Context ctx) {
    return version(ctx.pathParam("id"), Optional.ofNullable(ctx.queryParam("version")).orElse(""));
  }

  private OwnSuites.Version version(String id, String asked) {
    return own.list(id).stream()
        .filter(one -> asked.isEmpty() || one.version().equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                WebException.notFound(
                    "No such suite was made here; those that come with Palimpsest stay."));
  }

  private Removal suite(OwnSuites.Version version) {
    List<Audit> using =
        audits.list().stream()
            .filter(
                audit ->
                    audit.plan().suites().stream()
                        .anyMatch(planned -> planned.digest().equals(version.digest())))
            .toList();
    String name = version.id() + " " + version.version();
    return new Removal(
        name,
        "suites",
        "/suites/" + version.id() + "?version=" + version.version(),
        "This version and its items are deleted; other versions stay. Files of it that you have"
            + " downloaded stay yours.",
        show.bytes(own.room(version.id(), version.version())) + " in the database",
        using.stream()
            .map(
                one ->
                    new Removal.Dependent(
                        one.plan().name(),
                        "/audits/" + one.id(),
                        "Asks its items; has to be removed first."))
            .toList(),
        using.isEmpty()
            ? ""
            : "It is used by "
                + using.stream().map(one -> one.plan().name()).collect(Collectors.joining(", "))
                + "; remove that first, or keep both.");
  }

  private Removal checkpoint(String id) {
    RegisteredCheckpoint checkpoint = registry.get(id);
    List<RegisteredCheckpoint> tuned = registry.tunedFrom(id);
    List<Audit> using = audits.list().stream().filter(one -> uses(one, checkpoint)).toList();
    List<Audit> underWay = using.stream().filter(this::isUnderWay).toList();
    List<Removal.Dependent> dependents = new ArrayList<>();
    for (RegisteredCheckpoint one : tuned) {
      dependents.add(
          new Removal.Dependent(
              one.name(), "/checkpoints/" + one.id(), "Tuned from it; has to be removed first."));
    }
    for (Audit one : using) {
      dependents.add(new Removal.Dependent(one.plan().name(), "/audits/" + one.id(), effect(one)));
    }
    return new Removal(
        checkpoint.name(),
        "checkpoints",
        "/checkpoints/" + id,
        consequence(checkpoint),
        room(checkpoint),
        dependents,
        obstacle(checkpoint, tuned, underWay));
  }

  private String effect(Audit audit) {
    if (isUnderWay(audit)) {
      return "Under way; has to end or be cancelled first.";
    }
    return reports.isFinished(audit.id())
        ? "Its report stays as it is; it cannot be run again."
        : "What ran stays; it cannot be resumed.";
  }

  private static String consequence(RegisteredCheckpoint checkpoint) {
    if (checkpoint.origin() == Origin.PATH) {
      return "It is taken off the list of checkpoints. Its files stay where they lie, in "
          + checkpoint.location()
          + ".";
    }
    return checkpoint.state() == State.UPLOADING
        ? "What was received of it is deleted; to have it, it must be uploaded again."
        : "Its files are deleted from this machine; to have it again, it must be uploaded again.";
  }

  private String room(RegisteredCheckpoint checkpoint) {
    return checkpoint.origin() == Origin.PATH
        ? "None, its files stay"
        : show.bytes(registry.room(checkpoint)) + " on disk";
  }

  private static String obstacle(
      RegisteredCheckpoint checkpoint, List<RegisteredCheckpoint> tuned, List<Audit> underWay) {
    if (checkpoint.state() == State.CHECKING) {
      return "It is being checked just now; come back when that is over.";
    }
    if (!tuned.isEmpty()) {
      return "It is the base of "
          + tuned.stream().map(RegisteredCheckpoint::name).collect(Collectors.joining(", "))
          + "; remove what was tuned from it first.";
    }
    return underWay.isEmpty()
        ? ""
        : "It is being audited by "
            + underWay.stream().map(one -> one.plan().name()).collect(Collectors.joining(", "))
            + "; wait for the end or cancel it first.";
  }

  /** A plan knows a checkpoint by where its files lie. */
  private static boolean uses(Audit audit, RegisteredCheckpoint checkpoint) {
    Path location = checkpoint.location();
    return audit.plan().arms().stream().anyMatch(arm -> isOf(arm, location));
  }

  private static boolean isOf(Arm arm, Path location) {
    return arm.checkpoint().equals(location) || arm.adapter().filter(location::equals).isPresent();
  }

  private boolean isUnderWay(Audit audit) {
    return LiveView.isUnderWay(audits.status(audit.id()));
  }

  private Removal audit(String id) {
    Audit audit = reports.audit(id);
    return new Removal(
        audit.plan().name(),
        "audits",
        "/audits/" + id,
        "Its plan, its answers and its report are deleted; answers that other audits share stay."
            + " Files of the report that you have downloaded stay yours.",
        show.bytes(audits.room(id)) + " in the database, for what comes next",
        List.of(),
        obstacle(audit));
  }

  private String obstacle(Audit audit) {
    AuditStatus status = audits.status(audit.id());
    if (LiveView.isUnderWay(status)) {
      return "It is under way; cancel it first, then remove it.";
    }
    List<SignOff> signed = signOffs.of(audit.id());
    return signed.isEmpty()
        ? ""
        : "It is signed by "
            + signed.stream().map(SignOff::signer).distinct().collect(Collectors.joining(", "))
            + "; what was signed stays, with the report that it was signed on.";
  }
}
