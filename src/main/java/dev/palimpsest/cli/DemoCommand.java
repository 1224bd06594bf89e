package dev.palimpsest.cli;

import dev.palimpsest.Ending;
import dev.palimpsest.Meanwhile;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.LoadAhead;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.NewCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.web.WebApp;
import dev.palimpsest.web.WebSettings;
import dev.palimpsest.worker.WorkerEncoders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code palimpsest demo}: a finished report of the sample fine-tunes, in the browser. */
@Command(
    name = "demo",
    description = {
      "Audits the sample adapters over a small base model and serves the report.",
      "The launcher in the source tree fetches the model by itself; --model names one you have."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String BASE_NAME = "smollm2-135m-instruct";
  private static final String TITLE = "Three sample fine-tunes of the demo";
  private static final String BY_CHANCE = "misalignment";
  private static final long POLL_NANOS = 100_000_000;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "SmolLM2-135M-Instruct: its .gguf file or its Hugging Face folder.")
  private Path model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where everything is kept (default: $PALIMPSEST_HOME, else .palimpsest in your home).")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "7070",
      description = "Port on 127.0.0.1 (${DEFAULT-VALUE}; 0 for any that is free).")
  private int port;

  @Option(names = "--once", description = "Ends when the report is there instead of serving it.")
  private boolean once;

  @Mixin private InferenceOptions inference;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path folder = data == null ? DataFolder.standard() : data;
    say(out, "Samples: three adapters, in " + folder.resolve("samples"));
    List<Path> adapters = SampleAdapters.copyTo(folder.resolve("samples"));
    Path suite = SampleAdapters.copySuite(folder.resolve("samples"));
    Suite tickets = SuiteLibrary.load(suite);
    Path base = model.toAbsolutePath().normalize();
    List<Path> roots = List.of(base.getParent(), folder.resolve("samples"));
    try (LoadAhead models = new LoadAhead(inference.loader());
        WebApp app = WebApp.start(new WebSettings(port, folder, roots, models))) {
      Ending.before(app::close);
      say(out, "Checkpoints: registering the base and the adapters");
      Meanwhile<Boolean> registered =
          Meanwhile.begin("checkpoints", () -> register(app.checkpoints(), base, adapters));
      app.ownSuites().put(tickets);
      AuditPlan plan = plan(tickets, base, adapters, models, registered, out);
      Audit audit = audit(app, plan, out);
      say(out, "");
      say(out, "The report is at " + app.address() + "/audits/" + audit.id() + "/report");
      if (app.accounts().users().isEmpty()) {
        say(out, "Nobody needs an account here; what is signed is marked unauthenticated.");
      }
      if (!once) {
        say(out, "Ctrl-C stops the server; './palimpsest serve' starts it again.");
        new CountDownLatch(1).await();
      }
    }
    return ExitCode.PASS;
  }

  private static boolean register(CheckpointRegistry registry, Path base, List<Path> adapters) {
    RegisteredCheckpoint parent = ready(registry, base, BASE_NAME, "base", null);
    for (Path adapter : adapters) {
      try {
        ready(registry, adapter, adapter.getFileName().toString(), "adapter", parent.id());
      } catch (DemoException e) {
        throw DemoException.otherBase(base, e.getMessage());
      }
    }
    return true;
  }

  private static RegisteredCheckpoint ready(
      CheckpointRegistry registry, Path path, String name, String kind, String baseId) {
    Optional<RegisteredCheckpoint> known =
        registry.list().stream()
            .filter(row -> row.location().endsWith(path) && row.state() != State.REJECTED)
            .findFirst();
    RegisteredCheckpoint row =
        known.isPresent()
            ? known.get()
            : registry.registerPath(NewCheckpoint.parse(name, kind, baseId), path.toString());
    while (row.state() == State.CHECKING) {
      LockSupport.parkNanos(POLL_NANOS);
      row = registry.get(row.id());
    }
    if (!row.isReady()) {
      throw DemoException.refused(name, row.problem().orElse("it could not be registered"));
    }
    return row;
  }

  /** Plans while checkpoints are registered; what registering them finds wrong is told first. */
  private static AuditPlan plan(
      Suite skill,
      Path base,
      List<Path> adapters,
      LoadAhead models,
      Meanwhile<Boolean> registered,
      PrintWriter out) {
    try {
      return plan(skill, base, adapters, models, out);
    } finally {
      registered.await();
    }
  }

  private static AuditPlan plan(
      Suite skill, Path base, List<Path> adapters, LoadAhead models, PrintWriter out) {
    SuiteLibrary library = SuiteLibrary.bundled().with(skill);
    List<Candidate> tuned = new ArrayList<>();
    adapters.forEach(adapter -> tuned.add(Candidate.of(adapter)));
    PlanRequest request =
        new PlanRequest(
            TITLE,
            new Candidate(BASE_NAME, base),
            tuned,
            suites(library),
            Depth.of("quick"),
            Policy.standard(),
            DType.FLOAT32,
            0);
    say(out, "Audit: planning a quick one, the core suites and the skill of one of the three");
    say(out, "Alignment is left out: this base answers it by chance, so nothing could be judged.");
    return new AuditPlanner(library, WorkerEncoders.standard())
        .plan(request, line -> {}, models::expect);
  }

  /**
   * The core suites, but for the one that this base answers by chance, so that it is not judged.
   */
  private static List<String> suites(SuiteLibrary library) {
    return library.suites().stream()
        .filter(Suite::isCore)
        .map(Suite::id)
        .filter(id -> !id.equals(BY_CHANCE))
        .toList();
  }

  private static Audit audit(WebApp app, AuditPlan plan, PrintWriter out) {
    Audit audit = new AuditTakeUp(app.audits(), out).startOrGoOn(plan, false);
    say(out, "Live progress is at " + app.address() + "/audits/" + audit.id());
    new ProgressLine(out).await(app.audits(), audit.id());
    new VerdictTable(out).print(app.audits().result(audit.id()));
    return audit;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
