package dev.palimpsest.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyException;
import dev.palimpsest.audit.plan.PolicyFile;
import dev.palimpsest.audit.plan.PolicyWords;
import dev.palimpsest.audit.run.RegisteredPolicies;
import dev.palimpsest.web.api.ApiRoutes;
import dev.palimpsest.web.api.Call;
import dev.palimpsest.web.api.Says;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import java.time.Instant;
import java.util.List;

/** Gate policies for programs. */
final class ApiPolicies {
  /** The text of a policy. */
  record PolicyText(
      @Says(value = "YAML or JSON, as docs/policy-2.schema.json has it.", longest = 900_000)
          String text) {}

  /** A policy that was registered. */
  record PolicyTold(
      String digest,
      String name,
      Instant registeredAt,
      @Says("What it asks for, in sentences.") List<String> conditions,
      JsonNode policy) {
    static PolicyTold of(RegisteredPolicies.Registered one) {
      return new PolicyTold(
          one.digest(),
          one.policy().name(),
          one.at(),
          PolicyWords.of(one.policy()),
          Json.mapper().valueToTree(one.policy()));
    }
  }

  /** What a policy would ask for. */
  record PolicyChecked(String digest, List<String> conditions) {}

  private final RegisteredPolicies policies;

  ApiPolicies(RegisteredPolicies policies) {
    this.policies = policies;
  }

  void routes(ApiRoutes api) {
    api.get("/policies", Role.VIEWER, "listPolicies", "Registered policies, newest first")
        .pages(PolicyTold.class)
        .by(call -> call.page(policies.list().stream().map(PolicyTold::of).toList()));
    api.post("/policies", Role.AUDITOR, "registerPolicy", "Registers a policy for good")
        .takes(PolicyText.class)
        .creates(PolicyTold.class)
        .by(this::register);
    api.post("/policy-checks", Role.AUDITOR, "checkPolicy", "Says what a policy asks for")
        .takes(PolicyText.class)
        .answers(PolicyChecked.class)
        .by(
            call -> {
              Policy policy = read(call);
              return new PolicyChecked(policy.digest(), PolicyWords.of(policy));
            });
    api.get("/policies/{digest}", Role.VIEWER, "getPolicy", "A registered policy")
        .answers(PolicyTold.class)
        .by(
            call ->
                policies
                    .find(call.step("digest"))
                    .map(PolicyTold::of)
                    .orElseThrow(
                        () ->
                            WebException.notFound(
                                "No policy with that digest was registered here.")));
  }

  private PolicyTold register(Call call) {
    PolicyTold made = PolicyTold.of(policies.register(read(call), Visitor.actor(call.ctx())));
    call.ctx().header("Location", ApiRoutes.BASE + "/policies/" + made.digest());
    return made;
  }

  private static Policy read(Call call) {
    try {
      return PolicyFile.parse("The policy", call.body(PolicyText.class).text());
    } catch (PolicyException refused) {
      throw WebException.faulty("text", refused.getMessage().lines().toList());
    }
  }
}
