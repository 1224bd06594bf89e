package dev.palimpsest.cli;

import dev.palimpsest.Ending;
import dev.palimpsest.Meanwhile;
import dev.palimpsest.audit.amplified.AmplifiedSampling;
import dev.palimpsest.audit.amplified.AmplifiedStore;
import dev.palimpsest.audit.judge.Judge;
import dev.palimpsest.audit.judge.Judging;
import dev.palimpsest.audit.judge.LocalJudge;
import dev.palimpsest.audit.plan.ArmArgument;
import dev.palimpsest.audit.plan.ArmFiles;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.AuditPower;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.ChoicePlan;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyFile;
import dev.palimpsest.audit.plan.SeenPower;
import dev.palimpsest.audit.plan.SuiteHistory;
import dev.palimpsest.audit.plan.Sweep;
import dev.palimpsest.audit.plan.TemplateChoice;
import dev.palimpsest.audit.prompt.PromptArms;
import dev.palimpsest.audit.prompt.PromptWish;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.BaseHistory;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.EndpointAddress;
import dev.palimpsest.inference.LoadAhead;
import dev.palimpsest.report.export.ReportFiles;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.worker.WorkerEncoders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code palimpsest audit}: a whole audit without a browser, for pipelines. */
@Command(
    name = "audit",
    description = "Audits tuned checkpoints against their base and writes the report.",
    customSynopsis =
        "palimpsest audit --base=PATH --tuned=PATH... --out=DIR [--suite=ID...] [OPTIONS]",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every gate passed that this base leaves anything to judge in",
      "1:a gate failed, or a condition of the policy is broken",
      "2:the command was misused",
      "3:not proven: the items do not decide, a drop is proven and its size is open, or something is"
          + " missing or was asked otherwise",
      "4:incomplete, or the engine failed",
      "5:a file's integrity failed"
    },
    footer = {
      "",
      "Writes report.html, report.json, items.jsonl, gates.junit.xml, and summary.md and comment.md"
          + " for GitHub; in a workflow there ($GITHUB_STEP_SUMMARY) the summary is added to the page of"
          + " the run. After an interruption the same command goes on where it stopped. All of it is in"
          + " docs/AUDITS.md."
    },
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  @Option(
      names = "--base",
      required = true,
      paramLabel = "PATH",
      description = {
        "The checkpoint to compare with: a model folder or a GGUF file.",
        "Or a model behind an OpenAI-compatible server: URL of its /v1, with #NAME behind it"
            + " (docs/ENDPOINTS.md)."
      })
  private String base;

  @Option(
      names = "--model",
      defaultValue = "",
      paramLabel = "NAME",
      description = "The model's name on the server, for each URL that has no #NAME of its own.")
  private String model;

  @Option(
      names = "--base-adapter",
      paramLabel = "PATH",
      description = "An adapter that belongs to the base, where a tune went on from it.")
  private Path baseAdapter;

  @Option(
      names = "--tuned",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = {
        "Checkpoints made from it: adapter folders, model folders or GGUF files, or URL#NAME of a"
            + " server's models.",
        "An adapter may be asked for at a scale of its alpha: ADAPTER@0.5."
      })
  private List<String> tuned;

  @Option(
      names = "--sweep",
      paramLabel = "X",
      split = ",",
      description =
          "Tries the adapter at each of these scales (0.25,0.5,0.75,1) and chooses the one that keeps"
              + " the gain and loses least.")
  private List<Double> sweep = new ArrayList<>();

  @Option(
      names = "--choose",
      paramLabel = "halves|sequence",
      description = {
        "Chooses which of the tuned checkpoints to release, in the order given: on one half of the"
            + " items, certified once on the other (halves; what --sweep does unless told otherwise), or"
            + " each in turn until one does not pass (sequence). The exit code is that of the chosen one."
      })
  private Optional<String> choose;

  @Option(
      names = "--suite",
      arity = "1..*",
      paramLabel = "ID",
      description =
          "Suites to run (default: all; 'palimpsest suites' lists them), or a folder with a suite of"
              + " your own.")
  private List<String> suites = List.of();

  @Option(
      names = "--own",
      arity = "1..*",
      paramLabel = "DIR",
      description =
          "Folders with suites of your own, asked beside the others; one with \"skill\": true in its"
              + " suite.json is what the tune was made for.")
  private List<Path> own = List.of();

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "What the tune was trained on: items that stand in it are set aside, suites of behaviour are"
              + " asked a second time in the context of its questions, and preflight.json says how far"
              + " each checkpoint moved on it and what of it comes back word for word.")
  private Path train;

  @Option(
      names = "--arm",
      paramLabel = "WAY",
      description = {
        "Asks the base in another way beside the tune, on the suites of your own and the facts of"
            + " --train, and says whether tuning was needed. May be given several times:",
        "few-shot=N: after N worked examples, of the suite or of --train;",
        "system-prompt=TEXT: under a system prompt;",
        "with-context=DIR: with passages of the folder's .txt and .md files, found by BM25."
      })
  private List<String> arms = List.of();

  @Option(
      names = "--judge",
      paramLabel = "PATH",
      description =
          "A checkpoint that reads the free answers afterwards and grades them, blind to who gave"
              + " them; it is measured on labelled answers first and not used where it disagrees"
              + " (docs/FREE-ANSWERS.md).")
  private Path judge;

  @Option(
      names = "--amplify",
      paramLabel = "N",
      description =
          "Looks for careless answers that are rare, by N samples in each of several ways to"
              + " exaggerate an adapter, and asks again at plain scale; exploratory, never a gate.")
  private Optional<Integer> amplify;

  @Option(
      names = "--plan",
      defaultValue = "quick",
      paramLabel = "certify|quick|standard|full",
      description =
          "How many items: as many as each gate takes until it is decided, a few to find damage, a"
              + " fixed number to certify, or all there are (default: quick).")
  private String depth;

  @Option(
      names = "--budget",
      paramLabel = "MINUTES",
      description =
          "Ends --plan certify after so many minutes; gates that are not decided by then stay open"
              + " (default: as long as it takes).")
  private Optional<Integer> budget;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "What must hold, YAML or JSON (default: each suite's own margin, level 0.05);"
              + " 'palimpsest policy check' reads one.")
  private Path policy;

  @Option(
      names = "--items",
      split = ",",
      paramLabel = "SUITE=N",
      description =
          "How many items of a suite are run at least, such as knowledge=505,reasoning=465 (default:"
              + " what --plan says).")
  private Map<String, Integer> items = Map.of();

  @Option(
      names = "--dtype",
      defaultValue = "float32",
      paramLabel = "float32|bfloat16",
      converter = DTypeConverter.class,
      description = "Arithmetic; float32 pairs have no noise of their own (default: float32).")
  private DType dtype;

  @Option(
      names = "--template",
      defaultValue = "own",
      paramLabel = "own|base",
      description =
          "Asks each checkpoint through its own chat template, or all through the base's (default:"
              + " own).")
  private String template;

  @Option(
      names = "--template-arg",
      paramLabel = "[ARM:]NAME=VALUE",
      converter = ArmArgumentConverter.class,
      description = {
        "Gives the chat templates a variable, such as enable_thinking=false, reasoning_effort=low or"
            + " date_string=2026-01-31; the value is JSON where it is that, else text. May be given"
            + " several times.",
        "With the name of an arm before it, as in the report, it is for that one only, and goes"
            + " before what is for all: tuned-7b:enable_thinking=true; base: stands for the base."
      })
  private List<ArmArgument> arguments = new ArrayList<>();

  @Option(
      names = "--thinking-tokens",
      paramLabel = "N",
      description =
          "Most tokens of thinking before an answer, whose own limit counts after the closing mark;"
              + " an answer that is cut off inside is not compared. 0 for no limit of its own"
              + " (default: 512, for models that think).")
  private Optional<Integer> thinkingTokens;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description = "Of the draw and order of items (default: 0).")
  private long seed;

  @Option(
      names = "--name",
      defaultValue = "",
      paramLabel = "TITLE",
      description = "Title of the report (default: the checkpoints' names).")
  private String name;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the report goes.")
  private Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where outcomes are kept (default: .palimpsest in the report's folder).")
  private Path data;

  @Mixin private InferenceOptions inference;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    try (LoadAhead loader = new LoadAhead(inference.loader())) {
      return audit(loader);
    }
  }

  private int audit(LoadAhead loader) {
    PrintWriter text = spec.commandLine().getOut();
    if (amplify.orElse(1) < 1) {
      throw new ParameterException(
          spec.commandLine(), "--amplify should be at least 1 but is " + amplify.get() + ".");
    }
    Candidate unread = baseCandidate();
    Meanwhile<Candidate> reading =
        Meanwhile.begin("base", () -> ArmFiles.read(unread, text::println));
    ChosenSuites chosen = ChosenSuites.of(suites).and(own);
    if (judge != null || amplify.isPresent() || (train != null && suites.isEmpty())) {
      chosen = chosen.withFreeAnswers();
    }
    Optional<TrainedOn> trained = trained(chosen);
    if (train != null) {
      chosen = chosen.cued(TrainingFile.at(train), text);
    }
    List<PromptWish> wishes = arms.stream().map(PromptWish::parse).toList();
    Optional<Suite> facts =
        wishes.isEmpty() ? Optional.empty() : trained.flatMap(file -> file.facts(seed));
    if (facts.isPresent()) {
      chosen = chosen.withFacts(facts.get());
    }
    if (!wishes.isEmpty() && chosen.own().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          train == null
              ? "--arm asks suites of your own, and there is none; name its folder with --own."
              : "--arm asks suites of your own and the facts of the training file; there is no such"
                  + " suite, and fewer than ten facts in the file. Name a suite's folder with --own.");
    }
    PlanRequest request = request(reading.await(), chosen.ids());
    SuiteLibrary library = chosen.library();
    OutputFolder folder = OutputFolder.prepare(out);
    AuditPlan plan =
        prompted(
            new AuditPlanner(library, WorkerEncoders.standard(), trained.map(TrainedOn::planned))
                .plan(request, text::println, loader::expect),
            wishes,
            chosen);
    new EndpointCheck(loader, library).check(plan, text::println);
    plan.tuned().forEach(arm -> arm.notes().forEach(note -> text.println("Note: " + note)));
    AuditPower power = AuditPower.of(plan);
    power.gates().forEach(gate -> text.println(gate.sentence()));
    text.println(power.sentence());
    if (!power.suffices()) {
      text.println("--items SUITE=N,… runs as many.");
    }
    text.flush();
    try (Database database = Database.open(data == null ? folder.data() : data);
        AuditService audits = AuditService.openForOwn(database, library, loader)) {
      Ending.before(() -> close(audits, database));
      PrintWriter err = spec.commandLine().getErr();
      return InterruptNotice.during(
          err,
          () ->
              run(
                  audits,
                  new ReportStore(database),
                  new BaseHistory(database),
                  plan,
                  folder,
                  trained,
                  database,
                  library,
                  text));
    }
  }

  /** Reads the training file, for which the base's own tokenizer is needed. */
  private Optional<TrainedOn> trained(ChosenSuites chosen) {
    if (train == null) {
      return Optional.empty();
    }
    if (EndpointAddress.isOne(base)) {
      throw new ParameterException(
          spec.commandLine(),
          "--train reads the file with the base's tokenizer, which a server does not give; leave"
              + " --train out, or name the base's files with --base.");
    }
    return Optional.of(TrainedOn.read(train, Path.of(base), chosen));
  }

  private AuditPlan prompted(AuditPlan plan, List<PromptWish> wishes, ChosenSuites chosen) {
    Optional<TrainingFile> training = Optional.ofNullable(train).map(TrainingFile::at);
    return new PromptArms(chosen.library(), training).add(plan, wishes, chosen.own());
  }

  private static void close(AuditService audits, Database database) {
    audits.close();
    database.close();
  }

  private int run(
      AuditService audits,
      ReportStore reports,
      BaseHistory history,
      AuditPlan plan,
      OutputFolder folder,
      Optional<TrainedOn> trained,
      Database database,
      SuiteLibrary library,
      PrintWriter text) {
    Map<String, SuiteHistory> seen = history.of(plan.base().digest());
    SeenPower.of(plan.suites(), plan.alpha(), seen)
        .ifPresent(
            power -> {
              text.println(power.sentence());
              text.println(power.skill());
            });
    Audit audit = new AuditTakeUp(audits, text).startOrGoOn(plan, data == null);
    new ProgressLine(text).await(audits, audit.id());
    AuditResult result = audits.result(audit.id());
    if (judge != null && result.audit().finishedAt().isPresent()) {
      judge(new Judging(database, library), audits, audit, text);
    }
    if (amplify.isPresent() && result.audit().finishedAt().isPresent()) {
      amplify(database, library, audit, text);
    }
    Report report = ReportFiles.write(folder.path(), audits, audit.id());
    if (result.audit().finishedAt().isPresent()) {
      reports.put(report); // so that the web app on the same data need not make it again
    }
    StepSummary.ofThisRun().ifPresent(summary -> summary.add(report.data()));
    new VerdictTable(text).print(result);
    new AnswerLines(text).print(report.data());
    new CauseLines(text).print(report.data());
    if (result.audit().finishedAt().isPresent()) {
      trained.ifPresent(file -> file.look(plan, inference.pairs(), folder, text));
    }
    text.println("Report: " + folder.path().resolve("report.html"));
    return ExitCode.of(report.data().deciding());
  }

  private void amplify(Database database, SuiteLibrary library, Audit audit, PrintWriter text) {
    Consumer<String> progress =
        line -> {
          text.println(line);
          text.flush();
        };
    new AmplifiedStore(database)
        .put(
            audit.id(),
            new AmplifiedSampling(audit, library, inference.loader(), inference.pairs(), progress)
                .run(amplify.orElseThrow()));
  }

  private void judge(Judging judging, AuditService audits, Audit audit, PrintWriter text) {
    Consumer<String> progress =
        line -> {
          text.println(line);
          text.flush();
        };
    try (Judge asked = LocalJudge.of(judge, dtype, inference.loader(), progress)) {
      judging.judge(audit, (suite, arm) -> audits.items(audit.id(), suite, arm), asked, progress);
    }
  }

  private Optional<Integer> thinkingTokens() {
    if (thinkingTokens.orElse(0) < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--thinking-tokens should be at least 0 but is " + thinkingTokens.get() + ".");
    }
    return thinkingTokens;
  }

  private PlanRequest request(Candidate ofBase, List<String> ids) {
    return new PlanRequest(
        name,
        ofBase,
        candidates(),
        ids,
        Depth.of(depth),
        policy == null ? Policy.standard() : PolicyFile.read(policy),
        dtype,
        seed,
        TemplateChoice.of(template),
        arguments,
        thinkingTokens(),
        choice(),
        budget,
        items);
  }

  private Candidate baseCandidate() {
    if (baseAdapter != null && EndpointAddress.isOne(base)) {
      throw new ParameterException(
          spec.commandLine(),
          "--base-adapter is laid over files, and the base is behind a server; leave it out.");
    }
    return baseAdapter == null
        ? candidate(base, typed -> Candidate.of(Path.of(typed)))
        : Candidate.of(Path.of(base), baseAdapter);
  }

  private Candidate candidate(String typed, Function<String, Candidate> ofFiles) {
    return EndpointAddress.isOne(typed)
        ? Candidate.of(EndpointAddress.parse(typed, model))
        : ofFiles.apply(typed);
  }

  private List<Candidate> candidates() {
    List<Candidate> given =
        tuned.stream().map(typed -> candidate(typed, Candidate::parse)).toList();
    if (sweep.isEmpty()) {
      return given;
    }
    if (given.size() > 1 || given.get(0).scale().isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--sweep tries the scales of one adapter; give one --tuned, without a scale of its own.");
    }
    return Sweep.of(given.get(0), sweep);
  }

  private Optional<ChoicePlan> choice() {
    if (sweep.isEmpty() && choose.isEmpty()) {
      return Optional.empty();
    }
    ChoicePlan.Rule rule = choose.map(ChoicePlan.Rule::of).orElse(ChoicePlan.Rule.HALVES);
    ChoicePlan.Among among =
        sweep.isEmpty() ? ChoicePlan.Among.CHECKPOINTS : ChoicePlan.Among.SCALES;
    return Optional.of(new ChoicePlan(among, rule, seed));
  }
}
