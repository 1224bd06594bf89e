package dev.palimpsest.web;

import dev.palimpsest.registry.FreeSpace;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StorageException;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Tells supervisors whether the process lives and whether it can serve. */
final class HealthPages {
  private final Database database;
  private final FreeSpace space;

  HealthPages(Database database, FreeSpace space) {
    this.database = database;
    this.space = space;
  }

  void routes(RoutesConfig routes) {
    routes.get("/healthz/live", ctx -> ctx.result("ok\n"), Role.ANYONE);
    routes.get("/healthz/ready", this::ready, Role.ANYONE);
  }

  private void ready(Context ctx) {
    if (space.isFull()) {
      ctx.status(503).result(FreeSpace.FULL + "\n");
      return;
    }
    try {
      database.read(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
      ctx.result("ok\n");
    } catch (StorageException down) {
      ctx.status(503).result(down.getMessage() + "\n");
    }
  }
}
