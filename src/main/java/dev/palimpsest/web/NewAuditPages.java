package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.account.User;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.AuditPower;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.PlanPower;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyGate;
import dev.palimpsest.audit.plan.SeenPower;
import dev.palimpsest.audit.plan.SuiteHistory;
import dev.palimpsest.audit.plan.TemplateChoice;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.run.BaseHistory;
import dev.palimpsest.audit.run.RegisteredPolicies;
import dev.palimpsest.audit.run.Requester;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.decision.Blessings;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Choosing what is audited, with what it can prove, and freezing it. */
final class NewAuditPages {
  /** A checkpoint that can be chosen, or why it cannot. */
  public record Choice(String id, String name, String note, boolean chosen, boolean fits) {}

  /**
   * A suite that can be chosen.
   *
   * @param heading what reports call its capability
   * @param skill whether the tune was made for it
   * @param wanted how many items it takes at least, as typed; "" for what the depth says
   * @param power what it can prove; null where it is not chosen or a margin makes no sense
   */
  public record SuiteChoice(
      String id,
      String title,
      String heading,
      boolean skill,
      int items,
      boolean chosen,
      String margin,
      String wanted,
      PlanPower power) {}

  private final CheckpointRegistry registry;
  private final SuiteLibrary library;
  private final AuditPlanner planner;
  private final Audits audits;
  private final Views views;
  private final RegisteredPolicies policies;
  private final BaseHistory history;
  private final Blessings blessings;

  NewAuditPages(
      CheckpointRegistry registry,
      SuiteLibrary library,
      AuditPlanner planner,
      Audits audits,
      RegisteredPolicies policies,
      BaseHistory history,
      Blessings blessings,
      Views views) {
    this.blessings = blessings;
    this.registry = registry;
    this.library = library;
    this.planner = planner;
    this.audits = audits;
    this.views = views;
    this.policies = policies;
    this.history = history;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/new", ctx -> form(ctx, ""), Role.AUDITOR);
    routes.post("/audits", this::start, Role.AUDITOR);
  }

  private void form(Context ctx, String problem) {
    boolean first = ctx.queryParam("chosen") == null && ctx.req().getMethod().equals("GET");
    NewAuditForm based = withBase(NewAuditForm.of(ctx, library));
    Optional<Reference> reference = reference(based.base());
    NewAuditForm typed = first ? withReference(based, reference) : based;
    NewAuditForm form = ctx.queryParam("mend") == null ? typed : mended(typed);
    Map<String, Object> model = new HashMap<>();
    model.put("form", form);
    model.put("bases", bases(form));
    model.put("candidates", candidates(form));
    Prospect prospect = prospect(form);
    model.put(
        "suites",
        library.suites().stream()
            .sorted(Comparator.comparing((Suite suite) -> !suite.isCore() && !suite.isSkill()))
            .filter(Suite::isGated)
            .map(suite -> choice(suite, form, prospect))
            .toList());
    model.put("prospect", prospect);
    model.put("policies", policies.list());
    model.put("problem", problem);
    model.put("reference", reference.orElse(null));
    model.put("roots", registry.roots().list().stream().map(Path::toString).toList());
    views.page(ctx, "audit-new", model);
  }

  /**
   * The approved checkpoint that later tunes of a base are audited against.
   *
   * @param id as it is registered
   * @param name as it is registered
   * @param adapter whether it is an adapter, which cannot be the base of an audit and is audited
   *     beside the new one
   * @param by who made it the reference
   * @param decision that it rests on
   */
  public record Reference(String id, String name, boolean adapter, String by, String decision) {}

  private Optional<Reference> reference(String base) {
    return registry
        .find(base)
        .flatMap(RegisteredCheckpoint::digest)
        .flatMap(blessings::reference)
        .flatMap(
            blessing ->
                ready()
                    .filter(one -> one.kind() != Kind.BASE)
                    .filter(one -> one.digest().filter(blessing.digest()::equals).isPresent())
                    .findFirst()
                    .map(
                        one ->
                            new Reference(
                                one.id(),
                                one.name(),
                                one.kind() == Kind.ADAPTER,
                                blessing.by(),
                                blessing.decidedBy())));
  }

  /** On the first visit the reference is among what is audited, to be seen beside the new one. */
  private static NewAuditForm withReference(NewAuditForm form, Optional<Reference> reference) {
    return reference
        .filter(one -> one.adapter() && !form.tuned().contains(one.id()))
        .map(
            one ->
                form.withTuned(Stream.concat(form.tuned().stream(), Stream.of(one.id())).toList()))
        .orElse(form);
  }

  /** Where there is one base only, it is the one. */
  private NewAuditForm withBase(NewAuditForm form) {
    List<RegisteredCheckpoint> bases = ready().filter(one -> one.kind() == Kind.BASE).toList();
    if (!form.base().isEmpty() || bases.size() != 1) {
      return form;
    }
    return form.withBase(bases.get(0).id());
  }

  private Stream<RegisteredCheckpoint> ready() {
    return registry.list().stream().filter(RegisteredCheckpoint::isReady);
  }

  private List<Choice> bases(NewAuditForm form) {
    return ready()
        .filter(one -> one.kind() != Kind.ADAPTER)
        .map(one -> choice(one, one.id().equals(form.base()), true))
        .toList();
  }

  private List<Choice> candidates(NewAuditForm form) {
    return ready()
        .filter(one -> one.kind() != Kind.BASE && !one.id().equals(form.base()))
        .map(one -> choice(one, form.tuned().contains(one.id()), fits(one, form.base())))
        .toList();
  }

  private Choice choice(RegisteredCheckpoint one, boolean chosen, boolean fits) {
    String kind = CheckpointPages.label(one.kind());
    String model = InspectionView.of(one).summary();
    String note = fits ? (model.isEmpty() ? kind : kind + ", " + model) : "made for another base";
    return new Choice(one.id(), one.name(), note, chosen && fits, fits);
  }

  /**
   * An adapter fits the base it was registered for; a full fine-tune has to be of the same family.
   */
  private boolean fits(RegisteredCheckpoint one, String base) {
    if (base.isEmpty() || one.kind() == Kind.ADAPTER) {
      return one.baseId().filter(base::equals).isPresent();
    }
    return registry
        .find(base)
        .map(other -> InspectionView.family(other).equals(InspectionView.family(one)))
        .orElse(false);
  }

  private SuiteChoice choice(Suite suite, NewAuditForm form, Prospect prospect) {
    return new SuiteChoice(
        suite.id(),
        suite.title(),
        CapabilityName.heading(suite.capability()),
        suite.isSkill(),
        suite.items().size(),
        form.suites().contains(suite.id()),
        margin(suite, form),
        form.items().containsKey(suite.id()) ? form.items().get(suite.id()).toString() : "",
        prospect.gates().get(suite.id()));
  }

  /**
   * What the chosen suites can prove, by the same planning as the audit itself.
   *
   * @param gates by suite; none while nothing is chosen or a margin makes no sense
   * @param sentence the whole in words, or what is wrong
   * @param seen the same by what earlier audits of the base saw; "" where there are none
   * @param skill how much skill the margins let go; "" where that is not known
   * @param takes items by suite with which a checkpoint that lost nothing passes with 80%; empty
   *     where it does, or where the suites do not have so many
   */
  public record Prospect(
      Map<String, PlanPower> gates,
      String sentence,
      String seen,
      String skill,
      Map<String, Integer> takes) {
    /** Returns what the button that mends the chance says. */
    public String offer() {
      return takes.entrySet().stream()
          .map(one -> String.format(Locale.ROOT, "%s %,d", one.getKey(), one.getValue()))
          .collect(Collectors.joining(", ", "Take as many items as that: ", ""));
    }

    static Prospect none(String sentence) {
      return new Prospect(Map.of(), sentence, "", "", Map.of());
    }
  }

  private Prospect prospect(NewAuditForm form) {
    if (form.suites().isEmpty()) {
      return Prospect.none("");
    }
    try {
      return planned(form);
    } catch (UserFacingException incomplete) {
      return Prospect.none(incomplete.getMessage());
    }
  }

  /** Returns what the chosen suites can prove; fails where what was chosen makes no plan. */
  Prospect planned(NewAuditForm form) {
    Policy policy = policy(form);
    List<PlannedSuite> suites =
        planner.suites(form.suites(), form.plannedDepth(), policy, form.seed(), form.items());
    AuditPower power = AuditPower.of(form.plannedDepth(), suites, policy.alpha());
    boolean early = form.plannedDepth().decidesEarly();
    // What a fixed number of items proves is no question where each gate takes what it needs.
    Optional<SeenPower> seen =
        early ? Optional.empty() : SeenPower.of(suites, policy.alpha(), seen(form.base()));
    return new Prospect(
        power.gates().stream().collect(Collectors.toMap(PlanPower::suite, gate -> gate)),
        power.sentence(),
        seen.map(SeenPower::sentence).orElse(""),
        seen.map(SeenPower::skill).orElse(""),
        early ? Map.of() : takes(power, seen));
  }

  /** Returns how many items mend the chance, where a suite has as many. */
  private Map<String, Integer> takes(AuditPower power, Optional<SeenPower> seen) {
    Map<String, Integer> takes = new LinkedHashMap<>();
    if (seen.map(SeenPower::suffices).orElseGet(power::suffices)) {
      return takes;
    }
    List<AuditPower.Remedy> usual = power.together().get(1).remedies();
    for (int i = 0; i < power.gates().size(); i++) {
      int at = i;
      PlanPower gate = power.gates().get(i);
      int needed = seen.map(one -> one.gates().get(at).itemsNeeded()).orElse(usual.get(i).items());
      int there = library.suite(gate.suite()).items().size();
      if (needed > gate.items() && there > gate.items()) {
        takes.put(gate.suite(), Math.min(needed, there));
      }
    }
    return takes;
  }

  /** Sets the numbers of items that the plan takes. */
  private NewAuditForm mended(NewAuditForm form) {
    Map<String, Integer> items = new LinkedHashMap<>(form.items());
    items.putAll(prospect(form).takes());
    return form.withItems(items);
  }

  private Map<String, SuiteHistory> seen(String base) {
    return registry
        .find(base)
        .flatMap(RegisteredCheckpoint::digest)
        .map(history::of)
        .orElse(Map.of());
  }

  /** Returns the policy that was chosen, else the margins as one; fails where one is none. */
  private Policy policy(NewAuditForm form) {
    if (form.policyDigest().isEmpty()) {
      return form.policy(library);
    }
    return policies
        .find(form.policyDigest())
        .map(RegisteredPolicies.Registered::policy)
        .orElseThrow(
            () -> WebException.badRequest("That policy is not registered here; choose another."));
  }

  /** A policy's margin goes before what was typed. */
  private String margin(Suite suite, NewAuditForm form) {
    return policies
        .find(form.policyDigest())
        .map(one -> one.policy().gate(suite.id()).flatMap(PolicyGate::maxDrop))
        .map(drop -> new Show().margin(drop.orElse(suite.defaultMargin())))
        .orElseGet(() -> form.margins().get(suite.id()));
  }

  private void start(Context ctx) {
    NewAuditForm form = NewAuditForm.of(ctx, library);
    try {
      ctx.redirect("/audits/" + start(form, requester(ctx)).id());
    } catch (UserFacingException refused) {
      ctx.status(Errors.status(refused));
      form(ctx, refused.getMessage());
    }
  }

  /** Returns who asks for an audit. */
  static Requester requester(Context ctx) {
    return new Requester(Visitor.user(ctx).map(User::id).orElse(""), Visitor.actor(ctx));
  }

  /** Freezes what was chosen and queues it. */
  Audit start(NewAuditForm form, Requester requester) {
    AuditPlan plan = planner.plan(request(form), progress -> {});
    return audits.start(form.ways().addTo(plan, library, registry.roots()), requester);
  }

  /** Returns what was chosen as a request; fails where something is missing or does not fit. */
  PlanRequest request(NewAuditForm form) {
    if (form.suites().isEmpty()) {
      throw WebException.badRequest("Choose at least one suite.");
    }
    if (form.base().isEmpty() || form.tuned().isEmpty()) {
      throw WebException.badRequest("Choose the base and at least one tuned checkpoint.");
    }
    for (String id : form.tuned()) {
      if (!fits(registry.get(id), form.base())) {
        throw WebException.badRequest(
            registry.get(id).name() + " was made for another base; choose what fits.");
      }
    }
    return new PlanRequest(
        form.name(),
        candidate(form.base()),
        form.tuned().stream().map(this::candidate).toList(),
        form.suites(),
        form.plannedDepth(),
        policy(form),
        form.plannedType(),
        form.seed(),
        TemplateChoice.OWN,
        form.plannedArguments(),
        Optional.empty(),
        Optional.empty(),
        form.plannedBudget(),
        form.items());
  }

  private Candidate candidate(String id) {
    RegisteredCheckpoint checkpoint = registry.get(id);
    if (!checkpoint.isReady()) {
      throw WebException.badRequest(checkpoint.name() + " is not ready; choose another.");
    }
    return new Candidate(checkpoint.name(), checkpoint.location(), inspected(checkpoint));
  }

  /** Large files are not read while the browser waits: the job reads them before it begins. */
  private static Optional<Candidate.Inspected> inspected(RegisteredCheckpoint checkpoint) {
    boolean gguf = checkpoint.location().toString().endsWith(".gguf");
    CheckpointKind kind =
        checkpoint.kind() == Kind.ADAPTER
            ? CheckpointKind.ADAPTER
            : gguf ? CheckpointKind.GGUF : CheckpointKind.HUGGING_FACE;
    return checkpoint.digest().map(digest -> new Candidate.Inspected(kind, digest));
  }
}
