package dev.palimpsest.web;

import dev.palimpsest.report.page.Glossary;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import java.util.Map;

/** What the words mean. */
final class GlossaryPages {
  private final Views views;

  GlossaryPages(Views views) {
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get(
        "/glossary",
        ctx -> views.page(ctx, "glossary", Map.of("groups", Glossary.bundled().groups())),
        Role.VIEWER);
  }
}
