package dev.palimpsest.web;

import dev.palimpsest.account.User;
import dev.palimpsest.decision.Blessings;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Making an approved checkpoint the reference of its base. */
final class BlessPages {
  private final CheckpointRegistry registry;
  private final Blessings blessings;

  BlessPages(CheckpointRegistry registry, Blessings blessings) {
    this.registry = registry;
    this.blessings = blessings;
  }

  void routes(RoutesConfig routes) {
    routes.post("/checkpoints/{id}/bless", this::bless, Role.APPROVER);
  }

  private void bless(Context ctx) {
    RegisteredCheckpoint checkpoint = registry.get(ctx.pathParam("id"));
    String digest =
        checkpoint
            .digest()
            .filter(known -> checkpoint.isReady())
            .orElseThrow(
                () ->
                    WebException.badRequest(
                        "This checkpoint is not ready; wait for its check, then have it audited."));
    Optional<User> user = Visitor.user(ctx);
    blessings.bless(
        digest,
        checkpoint.name(),
        user.map(User::id).orElse(""),
        user.map(User::printedName).orElse("whoever used this machine"));
    ctx.redirect("/checkpoints/" + checkpoint.id());
  }
}
