package dev.palimpsest.web;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyException;
import dev.palimpsest.audit.plan.PolicyFile;
import dev.palimpsest.audit.plan.PolicyWords;
import dev.palimpsest.audit.run.RegisteredPolicies;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gate policies that were registered, and registering one. */
final class PolicyPages {
  private static final String SCHEMA = "policy-2.schema.json";

  private final RegisteredPolicies policies;
  private final Views views;

  PolicyPages(RegisteredPolicies policies, Views views) {
    this.policies = policies;
    this.views = views;
  }

  /** A registered policy as pages show it. */
  public record View(String digest, String name, Instant at, List<String> conditions, String text) {
    static View of(RegisteredPolicies.Registered one) {
      return new View(
          one.digest(),
          one.policy().name().isEmpty() ? "Without a name" : one.policy().name(),
          one.at(),
          PolicyWords.of(one.policy()),
          CanonicalJson.text(one.policy()));
    }
  }

  void routes(RoutesConfig routes) {
    routes.get("/policies", ctx -> list(ctx, "", List.of(), List.of()), Role.VIEWER);
    routes.post("/policies", this::register, Role.AUDITOR);
    routes.get("/policies/{digest}", this::one, Role.VIEWER);
    routes.get("/schema/" + SCHEMA, PolicyPages::schema, Role.VIEWER);
  }

  private void list(Context ctx, String text, List<String> faults, List<String> checked) {
    Map<String, Object> model = new HashMap<>();
    model.put("policies", policies.list().stream().map(View::of).toList());
    model.put("text", text);
    model.put("faults", faults);
    model.put("checked", checked);
    views.page(ctx, "policies", model);
  }

  /** Says what a policy asks for, or registers it where that button was pressed. */
  private void register(Context ctx) {
    String text = Optional.ofNullable(ctx.formParam("text")).orElse("");
    try {
      Policy policy = PolicyFile.parse("The policy", text);
      if ("check".equals(ctx.formParam("do"))) {
        list(ctx, text, List.of(), PolicyWords.of(policy));
      } else {
        ctx.redirect("/policies/" + policies.register(policy, Visitor.actor(ctx)).digest());
      }
    } catch (PolicyException refused) {
      ctx.status(422);
      list(ctx, text, refused.getMessage().lines().toList(), List.of());
    }
  }

  private void one(Context ctx) {
    RegisteredPolicies.Registered one =
        policies
            .find(ctx.pathParam("digest"))
            .orElseThrow(
                () -> WebException.notFound("No policy with that digest was registered here."));
    views.page(ctx, "policy", Map.of("policy", View.of(one)));
  }

  private static void schema(Context ctx) {
    try (InputStream in = PolicyFile.class.getResourceAsStream(SCHEMA)) {
      ctx.contentType("application/schema+json")
          .result(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
