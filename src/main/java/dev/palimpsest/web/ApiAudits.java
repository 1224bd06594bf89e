package dev.palimpsest.web;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlanPower;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.web.api.ApiRoutes;
import dev.palimpsest.web.api.Call;
import dev.palimpsest.web.api.Says;
import dev.palimpsest.web.guard.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Audits for programs: planning, starting, following, stopping and removing them. */
final class ApiAudits {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String PATH = "/audits/{id}";

  /** A line of the list; the verdict is there once the report is made. */
  record AuditLine(
      String id,
      String name,
      String base,
      List<String> tuned,
      AuditState state,
      int done,
      int total,
      Optional<ReleaseVerdict> verdict,
      Instant frozenAt) {}

  /** What is asked for. */
  record NewAudit(
      @Says(value = "Title; made of the names where it is left out.", longest = 200)
          Optional<String> name,
      @Says("Id of the base.") String base,
      @Says(value = "Ids of the tuned checkpoints.", shortest = 1, longest = 64) List<String> tuned,
      @Says("Ids of suites; the core ones where it is left out.") Optional<List<String>> suites,
      @Says(
              value = "How many items; certify where it is left out.",
              oneOf = {"certify", "quick", "standard", "full"})
          Optional<String> depth,
      @Says(oneOf = {"float32", "bfloat16"}) Optional<String> dtype,
      @Says("Largest accepted drops in points, by suite; each suite's own where it is left out.")
          Optional<Map<String, Double>> margins,
      @Says("Arguments of the chat templates, NAME=VALUE or ARM:NAME=VALUE.")
          Optional<List<String>> arguments,
      @Says(value = "Ends a certify audit after so many minutes.", least = 1, most = 999_999)
          Optional<Integer> budgetMinutes,
      @Says("How many items of a suite are run at least, by its id.")
          Optional<Map<String, Integer>> items,
      @Says("Digest of the registered policy that it is judged by.") Optional<String> policy,
      @Says("How many worked examples the base is asked after, beside the tune.")
          Optional<String> examples,
      @Says("The file that the tune was trained on, below a folder given by --root.")
          Optional<String> train,
      @Says("What the base is told beforehand, beside the tune.") Optional<String> systemPrompt,
      @Says("A folder of texts that the base is given passages of, below one given by --root.")
          Optional<String> context) {}

  /** An adapter whose scales are tried. */
  record NewSweep(@Says("Name of a tuned checkpoint of the audit.") String tuned) {}

  /** What an audit could prove, before it is frozen. */
  record Preview(
      String sentence,
      @Says("The same by what earlier audits of the base saw.") String seen,
      @Says("How much skill the margins let go.") String skill,
      List<PlanPower> suites,
      @Says("Items by suite with which a checkpoint that lost nothing passes with 80%.")
          Map<String, Integer> takes) {}

  /** A checkpoint of a plan. */
  record PlannedArm(
      String name, boolean adapter, Optional<Double> scale, String digest, List<String> notes) {
    static PlannedArm of(Arm arm) {
      return new PlannedArm(
          arm.name(), arm.adapter().isPresent(), arm.scale(), arm.digest(), arm.notes());
    }
  }

  /** A suite of a plan. */
  record PlannedItems(
      String suite, String version, String digest, String capability, int items, double margin) {
    static PlannedItems of(PlannedSuite suite) {
      return new PlannedItems(
          suite.suite(),
          suite.version(),
          suite.digest(),
          suite.capability(),
          suite.itemIds().size(),
          suite.margin());
    }
  }

  /** How far a job is. */
  record Job(
      AuditState state,
      int done,
      int total,
      String step,
      Optional<Long> secondsLeft,
      @Says("Why it failed.") String message) {
    static Job of(AuditStatus status) {
      return new Job(
          status.state(),
          status.done(),
          status.total(),
          status.step(),
          Optional.of(status.secondsLeft()).filter(seconds -> seconds >= 0),
          status.message());
    }
  }

  /** An audit as it was frozen, and how far it is. */
  record AuditTold(
      String id,
      String name,
      String planDigest,
      String depth,
      double alpha,
      long seed,
      PlannedArm base,
      List<PlannedArm> tuned,
      List<PlannedItems> suites,
      Job job,
      Optional<ReleaseVerdict> verdict,
      Optional<String> reportDigest,
      Instant frozenAt,
      Optional<Instant> finishedAt) {}

  /** What is compared so far of one suite on one checkpoint. */
  record Compared(
      String tuned,
      String capability,
      int compared,
      int planned,
      long lost,
      long gained,
      @Says("Where gates end early: what this one is nearer to, or what was decided.")
          Optional<String> towards) {}

  /** How far an audit is. */
  record AuditProgress(Job job, double share, List<Compared> suites) {}

  private final Audits audits;
  private final Reports reports;
  private final SuiteLibrary library;
  private final AuditPages list;
  private final NewAuditPages planning;
  private final RemovalPages removals;
  private final ReportDownloads downloads;
  private final SweepPages sweeps;

  ApiAudits(
      Audits audits,
      Reports reports,
      SuiteLibrary library,
      AuditPages list,
      NewAuditPages planning,
      RemovalPages removals,
      ReportDownloads downloads,
      SweepPages sweeps) {
    this.audits = audits;
    this.reports = reports;
    this.library = library;
    this.list = list;
    this.planning = planning;
    this.removals = removals;
    this.downloads = downloads;
    this.sweeps = sweeps;
  }

  void routes(ApiRoutes api) {
    api.get("/audits", Role.VIEWER, "listAudits", "Audits, newest first")
        .pages(AuditLine.class)
        .by(call -> call.page(audits.count(), this::lines));
    api.post("/audits", Role.AUDITOR, "createAudit", "Freezes a plan and queues it")
        .takes(NewAudit.class)
        .creates(AuditTold.class)
        .refuses(404)
        .by(this::create);
    api.post("/audit-previews", Role.AUDITOR, "previewAudit", "Says what a plan could prove")
        .takes(NewAudit.class)
        .answers(Preview.class)
        .refuses(404)
        .by(this::preview);
    api.get(PATH, Role.VIEWER, "getAudit", "An audit as it was frozen, and how far it is")
        .answers(AuditTold.class)
        .by(call -> told(reports.audit(call.step("id"))));
    api.get(PATH + "/progress", Role.VIEWER, "getProgress", "How far an audit is")
        .answers(AuditProgress.class)
        .by(this::progress);
    api.post(PATH + "/cancel", Role.AUDITOR, "cancelAudit", "Stops an audit; what ran is kept")
        .answers(Job.class)
        .refuses(409, 422)
        .by(call -> moved(call, audits::cancel));
    api.post(PATH + "/resume", Role.AUDITOR, "resumeAudit", "Goes on with a stopped audit")
        .answers(Job.class)
        .refuses(409, 422)
        .by(call -> moved(call, audits::resume));
    api.post(PATH + "/sweep", Role.AUDITOR, "sweepAudit", "Audits an adapter at smaller scales")
        .takes(NewSweep.class)
        .creates(AuditTold.class)
        .by(
            call ->
                told(
                    sweeps.start(
                        call.step("id"),
                        call.body(NewSweep.class).tuned(),
                        NewAuditPages.requester(call.ctx()))));
    api.delete(PATH, Role.REMOVER, "removeAudit", "Removes an audit that nobody signed")
        .refuses(409)
        .by(this::remove);
    files(api);
  }

  private void files(ApiRoutes api) {
    api.get(PATH + "/report.json", Role.VIEWER, "getReport", "The report, as far as it ran")
        .file("application/json")
        .by(
            call -> {
              downloads.json(call.ctx());
              return null;
            });
    api.get(PATH + "/report.html", Role.VIEWER, "getReportPage", "The report as an offline page")
        .file("text/html")
        .by(
            call -> {
              downloads.page(call.ctx());
              return null;
            });
    api.get(PATH + "/items.jsonl", Role.VIEWER, "getItemLines", "Every item, a JSON object a line")
        .file("application/jsonl")
        .by(this::itemLines);
    api.get(PATH + "/bundle.zip", Role.VIEWER, "getBundle", "The evidence of a finished audit")
        .file("application/zip")
        .refuses(409, 422)
        .by(
            call -> {
              downloads.bundle(call.ctx());
              return null;
            });
  }

  private Object itemLines(Call call) {
    try {
      downloads.items(call.ctx());
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<AuditLine> lines(int from, int size) {
    return list.rows(from, size).stream()
        .map(
            row ->
                new AuditLine(
                    row.id(),
                    row.name(),
                    row.base(),
                    row.tuned(),
                    row.status().state(),
                    row.status().done(),
                    row.status().total(),
                    row.judged() ? Optional.of(row.verdict()) : Optional.empty(),
                    row.frozenAt()))
        .toList();
  }

  private AuditTold create(Call call) {
    NewAuditForm form = NewAuditForm.of(call.body(NewAudit.class), library);
    Audit audit = planning.start(form, NewAuditPages.requester(call.ctx()));
    call.ctx().header("Location", ApiRoutes.BASE + "/audits/" + audit.id());
    return told(audit);
  }

  private Preview preview(Call call) {
    NewAuditForm form = NewAuditForm.of(call.body(NewAudit.class), library);
    planning.request(form);
    NewAuditPages.Prospect prospect = planning.planned(form);
    return new Preview(
        prospect.sentence(),
        prospect.seen(),
        prospect.skill(),
        form.suites().stream().map(prospect.gates()::get).toList(),
        prospect.takes());
  }

  private AuditTold told(Audit audit) {
    AuditPlan plan = audit.plan();
    AuditStatus status = audits.status(audit.id());
    Optional<ReportStore.Summary> summary =
        status.state() == AuditState.FINISHED
            ? Optional.ofNullable(reports.summaries(List.of(audit.id()), PATIENCE).get(audit.id()))
            : Optional.empty();
    return new AuditTold(
        audit.id(),
        plan.name(),
        audit.planDigest(),
        plan.depth(),
        plan.alpha(),
        plan.seed(),
        PlannedArm.of(plan.base()),
        plan.tuned().stream().map(PlannedArm::of).toList(),
        plan.suites().stream().map(PlannedItems::of).toList(),
        Job.of(status),
        summary.map(ReportStore.Summary::verdict),
        summary.map(ReportStore.Summary::digest),
        audit.frozenAt(),
        audit.finishedAt());
  }

  private AuditProgress progress(Call call) {
    Audit audit = reports.audit(call.step("id"));
    LiveView live = LiveView.of(audits, audit, audits.status(audit.id()));
    List<Compared> suites =
        live.arms().stream()
            .flatMap(arm -> arm.rows().stream().map(row -> compared(arm.tuned(), row)))
            .toList();
    return new AuditProgress(Job.of(live.status()), live.share(), suites);
  }

  private static Compared compared(String tuned, LiveView.Row row) {
    return new Compared(
        tuned,
        row.capability(),
        row.done(),
        row.planned(),
        row.lost(),
        row.gained(),
        Optional.ofNullable(row.evidence()).map(LiveView.Evidence::towards));
  }

  private Job moved(Call call, java.util.function.Consumer<String> move) {
    String id = reports.audit(call.step("id")).id();
    move.accept(id);
    return Job.of(audits.status(id));
  }

  private Object remove(Call call) {
    removals.removeAudit(call.step("id"));
    return null;
  }
}
