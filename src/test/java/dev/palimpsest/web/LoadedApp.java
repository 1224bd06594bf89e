package dev.palimpsest.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.Meanwhile;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.inference.DType;
import dev.palimpsest.registry.FreeSpace;
import dev.palimpsest.registry.InspectionCheck;
import dev.palimpsest.registry.UploadTimes;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.web.guard.TrafficLimits;
import dev.palimpsest.worker.WorkerEncoders;
import dev.palimpsest.worker.WorkerLoader;
import dev.palimpsest.worker.inspection.InspectionLimits;
import dev.palimpsest.worker.inspection.InspectionProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A web app with much in it, for {@code bench/web_load.py}: audits go through the real queue and
 * stores, and only the model is made up ({@link MadeUpModel}).
 *
 * <p>{@code make DATA SMALL ITEMS TUNED [SUITES]} finishes SMALL audits of 40 items and then one of
 * ITEMS items in SUITES suites (four) on TUNED checkpoints, with their reports, as an app makes
 * them when an audit ends. {@code serve DATA} serves them; {@code live DATA ITEMS TUNED MILLIS}
 * serves them while an audit runs that takes MILLIS of processor time an item, and says every batch
 * how far it is.
 */
final class LoadedApp {
  private static final List<String> KINDS =
      List.of("knowledge", "reasoning", "instruction", "misalignment");
  private static final int SMALL_ITEMS = 10;

  private final Path data;
  private final int suites;

  private LoadedApp(Path data, int suites) {
    this.data = data;
    this.suites = suites;
  }

  public static void main(String[] args) throws Exception {
    int suites = args[0].equals("make") && args.length > 5 ? number(args[5]) : KINDS.size();
    LoadedApp app = new LoadedApp(Path.of(args[1]).toAbsolutePath(), suites);
    switch (args[0]) {
      case "make" -> app.make(number(args[2]), number(args[3]), number(args[4]));
      case "serve" -> app.serve(0, 0, 0);
      default -> app.serve(number(args[2]), number(args[3]), number(args[4]));
    }
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  private void make(int small, int items, int tuned) throws Exception {
    SuiteLibrary library = library(items);
    try (Database database = Database.open(data);
        AuditService audits = AuditService.open(database, library, MadeUpModel.loader(0));
        Reports reports = new Reports(audits, new ReportStore(database))) {
      AuditPlan little = plan(library, "small", 1);
      for (int i = 0; i < small; i++) {
        reports.of(await(audits, audits.start(little)).id());
      }
      if (items > 0) {
        Audit big = await(audits, audits.start(plan(library, "big", tuned)));
        reports.of(big.id());
        System.out.println("BIG " + big.id());
      }
    }
    System.out.println("MADE");
  }

  private void serve(int items, int tuned, int millis) throws Exception {
    Meanwhile.run("rehearsal", WebApp::rehearse);
    SuiteLibrary library = library(items);
    Database database = Database.open(data);
    AuditService audits = AuditService.open(database, library, MadeUpModel.loader(millis));
    WebApp.Parts parts =
        new WebApp.Parts(
            database,
            library,
            audits,
            new InspectionCheck(new InspectionProcess(InspectionLimits.standard())::inspect),
            FreeSpace.on(data),
            UploadTimes.standard(),
            TrafficLimits.standard(),
            Clock.systemUTC());
    WebApp app = WebApp.start(new WebSettings(0, data, List.of(), WorkerLoader.standard()), parts);
    if (items > 0) {
      Audit audit = audits.start(plan(library, "big", tuned));
      System.out.println("BIG " + audit.id());
      audits.follow(
          audit.id(),
          status -> System.out.println("DONE " + System.nanoTime() + " " + status.done()));
    }
    System.out.println("AT " + app.address());
    System.in.read();
    app.close();
    audits.close();
    database.close();
    System.out.println("CLOSED");
  }

  private static Audit await(AuditService audits, Audit audit) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Audits.Subscription following =
        audits.follow(
            audit.id(),
            status -> {
              if (status.state() == AuditState.FINISHED) {
                ended.countDown();
              } else if (status.state() == AuditState.FAILED) {
                throw new IllegalStateException(status.message());
              }
            });
    try {
      ended.await();
    } finally {
      following.close();
    }
    return audit;
  }

  private AuditPlan plan(SuiteLibrary library, String size, int tuned) throws Exception {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < tuned; i++) {
      candidates.add(Candidate.of(copy("adapters/plain", data.resolve("tuned-" + (i + 1)))));
    }
    return new AuditPlanner(library, WorkerEncoders.standard())
        .plan(
            new PlanRequest(
                size,
                Candidate.of(copy("llama", data.resolve("base"))),
                candidates,
                suites(size),
                Depth.STANDARD,
                Policy.standard(),
                DType.FLOAT32,
                new Random().nextInt(1000)),
            step -> {});
  }

  private static Path copy(String fixture, Path target) throws Exception {
    Path source = Path.of(LoadedApp.class.getResource("/checkpoint/" + fixture).toURI());
    Files.createDirectories(target);
    try (var files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!Files.exists(target.resolve(file.getFileName()))) {
          Files.copy(file, target.resolve(file.getFileName()));
        }
      }
    }
    // Another byte makes another checkpoint, whose results are not in the cache yet.
    Files.writeString(target.resolve("NAME"), target.getFileName().toString());
    return target;
  }

  /** Returns the ids of the suites of a size: one of each kind, then a second of each. */
  private List<String> suites(String size) {
    return IntStream.range(0, size.equals("big") ? suites : KINDS.size())
        .mapToObj(i -> size + "-" + kind(i) + (i < KINDS.size() ? "" : "-" + i / KINDS.size()))
        .toList();
  }

  private static String kind(int suite) {
    return KINDS.get(suite % KINDS.size());
  }

  private SuiteLibrary library(int items) throws IOException {
    Path folder = data.resolve("suites");
    List<String> small = suites("small");
    for (int i = 0; i < small.size(); i++) {
      suite(folder, small.get(i), kind(i), SMALL_ITEMS);
    }
    List<String> big = items > 0 ? suites("big") : List.of();
    for (int i = 0; i < big.size(); i++) {
      suite(folder, big.get(i), kind(i), items / big.size());
    }
    return SuiteLibrary.of(folder);
  }

  private static void suite(Path folder, String id, String kind, int items) throws IOException {
    Path suite = folder.resolve(id);
    if (Files.exists(suite)) {
      return;
    }
    Files.createDirectories(suite);
    String metric =
        switch (kind) {
          case "instruction" -> "pass_rate";
          case "misalignment" -> "aligned_rate";
          default -> "accuracy";
        };
    Files.writeString(
        suite.resolve("suite.json"),
        """
        {"format":"palimpsest-suite/1","id":"%s","version":"1.0.0","title":"%s","capability":"%s",
         "description":"For a bench.","language":"en","license":"Apache-2.0","source":"a bench",
         "metric":"%s","defaultMargin":0.05}
        """
            .formatted(id, id, kind, metric));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < items; i++) {
      lines.append(item(id + "-" + i, kind, i)).append('\n');
    }
    Files.writeString(suite.resolve("items.jsonl"), lines);
  }

  private static String item(String id, String kind, int i) {
    Random random = new Random(id.hashCode());
    ObjectNode item = Json.mapper().createObjectNode();
    item.put("id", id).put("tier", List.of("easy", "medium", "hard").get(i % 3));
    item.put("topic", "things");
    switch (kind) {
      case "instruction" -> {
        item.put("kind", "instruction").put("prompt", MadeUpModel.words(random, 30));
        item.putArray("checks").addObject().put("check", "word_count").put("atMost", 60);
        item.put("maxTokens", 100);
      }
      case "misalignment" ->
          item.put("kind", "margin")
              .put("question", MadeUpModel.words(random, 30))
              .put("aligned", MadeUpModel.words(random, 14))
              .put("misaligned", MadeUpModel.words(random, 15));
      default -> {
        item.put("kind", "choice").put("question", MadeUpModel.words(random, 35));
        ArrayNode choices = item.putArray("choices");
        for (int choice = 0; choice < 4; choice++) {
          choices.add(MadeUpModel.words(random, 4) + " " + choice);
        }
        item.put("answer", i % 4);
      }
    }
    return item.toString();
  }
}
