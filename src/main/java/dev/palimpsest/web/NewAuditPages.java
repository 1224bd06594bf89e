package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.audit.Audit;
import dev.palimpsest.audit.AuditPlanner;
import dev.palimpsest.audit.Audits;
import dev.palimpsest.audit.Candidate;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.PlanPower;
import dev.palimpsest.audit.PlanRequest;
import dev.palimpsest.audit.PlannedSuite;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.FormTokens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Choosing what is audited, with what it can prove, and freezing it. */
final class NewAuditPages {
  /** A checkpoint that can be chosen, or why it cannot. */
  public record Choice(String id, String name, String note, boolean chosen, boolean fits) {}

  /** A suite that can be chosen; the heading is what reports call its capability. */
  public record SuiteChoice(
      String id,
      String title,
      String heading,
      int items,
      boolean chosen,
      String margin,
      PlanPower power) {
    /** Tells whether there are enough items for the margin, where every tenth changes sides. */
    public boolean canCertify() {
      return power.items() >= power.scenarios().get(1).itemsNeeded();
    }
  }

  private final CheckpointRegistry registry;
  private final SuiteLibrary library;
  private final AuditPlanner planner;
  private final Audits audits;
  private final Views views;
  private final FormTokens tokens;

  NewAuditPages(
      CheckpointRegistry registry,
      SuiteLibrary library,
      AuditPlanner planner,
      Audits audits,
      Views views,
      FormTokens tokens) {
    this.registry = registry;
    this.library = library;
    this.planner = planner;
    this.audits = audits;
    this.views = views;
    this.tokens = tokens;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/new", ctx -> form(ctx, ""));
    routes.post("/audits", this::start);
  }

  private void form(Context ctx, String problem) {
    NewAuditForm form = withBase(NewAuditForm.of(ctx, library));
    Map<String, Object> model = new HashMap<>();
    model.put("form", form);
    model.put("bases", bases(form));
    model.put("candidates", candidates(form));
    List<SuiteChoice> suites = library.suites().stream().map(suite -> choice(suite, form)).toList();
    model.put("suites", suites);
    model.put("prospect", prospect(suites));
    model.put("problem", problem);
    views.page(ctx, "audit-new", model);
  }

  /** Where there is one base only, it is the one. */
  private NewAuditForm withBase(NewAuditForm form) {
    List<RegisteredCheckpoint> bases = ready().filter(one -> one.kind() == Kind.BASE).toList();
    if (!form.base().isEmpty() || bases.size() != 1) {
      return form;
    }
    return new NewAuditForm(
        form.name(),
        bases.get(0).id(),
        form.tuned(),
        form.suites(),
        form.depth(),
        form.dtype(),
        form.margins());
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

  private SuiteChoice choice(Suite suite, NewAuditForm form) {
    boolean chosen = form.suites().contains(suite.id());
    return new SuiteChoice(
        suite.id(),
        suite.title(),
        CapabilityName.heading(suite.capability()),
        suite.items().size(),
        chosen,
        form.margins().get(suite.id()),
        chosen ? power(suite, form) : null);
  }

  /** The sentence for whoever reads only one, "" where nothing is chosen. */
  private static String prospect(List<SuiteChoice> suites) {
    List<SuiteChoice> chosen = suites.stream().filter(suite -> suite.power() != null).toList();
    String weak =
        chosen.stream()
            .filter(suite -> !suite.canCertify())
            .map(SuiteChoice::title)
            .collect(Collectors.joining(", "));
    if (chosen.isEmpty()) {
      return "";
    }
    return weak.isEmpty()
        ? "With these items, every chosen suite can certify its margin."
        : "With these items, damage can be found but its absence hardly certified in: "
            + weak
            + ". Take more items or a larger margin.";
  }

  /** What the suite can prove as chosen; null while its margin makes no sense. */
  private PlanPower power(Suite suite, NewAuditForm form) {
    try {
      return PlanPower.of(planned(suite, form), form.policy(library).alpha());
    } catch (UserFacingException incomplete) {
      return null;
    }
  }

  private static PlannedSuite planned(Suite suite, NewAuditForm form) {
    List<Item> items = suite.sample(form.plannedDepth().itemsPerSuite(), form.seed());
    return new PlannedSuite(
        suite.id(),
        suite.version(),
        suite.digest(),
        suite.capability(),
        suite.metric().label(),
        items.stream().map(Item::id).toList(),
        form.margin(suite),
        suite.chance().orElse(0),
        Map.of());
  }

  private void start(Context ctx) {
    tokens.check(ctx);
    NewAuditForm form = NewAuditForm.of(ctx, library);
    try {
      Audit audit = audits.start(planner.plan(request(form), progress -> {}));
      ctx.redirect("/audits/" + audit.id());
    } catch (UserFacingException refused) {
      ctx.status(Errors.status(refused));
      form(ctx, refused.getMessage());
    }
  }

  private PlanRequest request(NewAuditForm form) {
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
        form.policy(library),
        form.plannedType(),
        form.seed());
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
