package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.PromptArm;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.own.OwnSuites;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making a suite in the browser, taking it along, and removing it. */
final class OwnSuitePagesTest {
  private static final String TABLE =
      """
      question\ta\tb\tanswer
      What makes the sea salty?\tsugar\tsalt\tb
      What is <b>deep</b>?\ta pond\tthe sea\tthe sea
      """;

  @TempDir private Path folder;
  private Path root;
  private TestApp app;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectories(folder.resolve("models"));
    app = TestApp.start(folder.resolve("data"), root);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private static Map<String, String> form(String id, String items) {
    Map<String, String> form = new HashMap<>();
    form.put("id", id);
    form.put("title", "The sea");
    form.put("kind", "choice");
    form.put("margin", "5");
    form.put("capability", "sea lore");
    form.put("items", items);
    return form;
  }

  private HttpResponse<String> check(Map<String, String> form) {
    return app.post("/suites/new", "/suites/new", form);
  }

  private HttpResponse<String> save(Map<String, String> form) {
    return app.post("/suites/new", "/suites", form);
  }

  @Test
  void aCheckShowsTheItemsAsAModelSeesThemAndSavesNothing() {
    HttpResponse<String> checked = check(form("sea", TABLE));
    assertThat(checked.statusCode()).as(checked.body()).isEqualTo(200);
    assertThat(checked.body())
        .contains("2 items are", "nothing is saved yet", "As plain text")
        .contains("Question: What makes the sea salty?\nAnswer:", "sea-0002")
        .contains("value=\"1.0.0\"", "What is &lt;b&gt;deep&lt;/b&gt;?")
        .containsPattern("<span>salt</span>\\s*<span class=\"mark good\">right");
    assertThat(app.get("/suites/sea").statusCode()).isEqualTo(404);
  }

  private String register(String name, String kind, Path path, String base) throws Exception {
    String id =
        app.post(
                "/checkpoints/new",
                "/checkpoints/register",
                Map.of("name", name, "kind", kind, "path", path.toString(), "base", base))
            .headers()
            .firstValue("Location")
            .orElseThrow()
            .replaceAll(".*/", "");
    while (app.get("/api/checkpoints/" + id).body().contains("CHECKING")) {
      Thread.sleep(50);
    }
    return id;
  }

  private String registerBase() throws Exception {
    Path model = Files.createDirectories(root.resolve("llama"));
    for (String name :
        List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(Path.of("src/test/resources/golden/llama").resolve(name), model.resolve(name));
    }
    return register("llama", "base", model, "");
  }

  @Test
  void aCheckpointsTemplateIsShownWhereOneIsChosen() throws Exception {
    String id = registerBase();
    Map<String, String> form = form("sea", TABLE);
    form.put("checkpoint", id);
    assertThat(check(form).body())
        .contains("Through the chat template of llama.")
        .contains("[INST] What makes the sea salty? [/INST]")
        .contains("The answer is");
  }

  @Test
  void faultsAreShownByLineAndFieldWithWhatWasTyped() {
    HttpResponse<String> checked =
        check(form("sea", "question,a,b,answer\nSalty?,yes,no,x\nWet?,yes,yes,a\nBlue?,yes,no,a"));
    assertThat(checked.statusCode()).isEqualTo(422);
    assertThat(checked.body())
        .contains("2 faults", "Line 2", "Line 3", "choices[1]", "Blue?", "sea-0003")
        .contains("role=\"alert\"");
    assertThat(save(form("sea", "question,a,b,answer\nSalty?,yes,no,x")).statusCode())
        .isEqualTo(422);
    assertThat(app.get("/suites/sea").statusCode()).isEqualTo(404);
  }

  @Test
  void aSavedSuiteIsListedShownAndChosenInAnAudit() {
    Map<String, String> form = form("sea", TABLE);
    form.put("skill", "yes");
    HttpResponse<String> saved = save(form);
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(302);
    assertThat(app.page("/suites")).contains("The sea", "made here", "/suites/sea");
    assertThat(app.page("/suites/sea"))
        .contains("Sea lore", "the skill the tune was made for", "sea-0001", "New version");
    assertThat(app.page("/suites/sea/items/sea-0001")).contains("What makes the sea salty?");
  }

  private String registerAdapter(String base) throws Exception {
    Path adapter = root.resolve("plain");
    Files.createDirectories(adapter);
    try (Stream<Path> files =
        Files.list(Path.of("src/test/resources/golden/llama/adapters/lora_plain"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, adapter.resolve(file.getFileName()));
      }
    }
    return register("plain", "adapter", adapter, base);
  }

  /** The base is asked the own suite in every way that was typed, and no suite of the program. */
  @Test
  void waysToAskTheBaseAreFrozenWithTheAudit() throws Exception {
    save(form("sea", TABLE));
    String base = registerBase();
    String tuned = registerAdapter(base);
    Path train =
        Files.writeString(
            root.resolve("train.jsonl"),
            "{\"prompt\":\"What makes the pond cold?\",\"completion\":\"winter\"}\n");
    Path book = Files.createDirectories(root.resolve("book"));
    Files.writeString(book.resolve("sea.md"), "The sea is salty.");
    Map<String, String> typed = new HashMap<>();
    typed.putAll(Map.of("chosen", "1", "base", base, "tuned", tuned, "depth", "quick"));
    typed.putAll(Map.of("suite", "sea", "examples", "1", "train", train.toString()));
    typed.putAll(Map.of("systemPrompt", "Know the sea.", "context", book.toString()));
    HttpResponse<String> started = app.post("/audits/new", "/audits", typed);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(302);
    assertThat(app.audits.list().get(0).plan().prompts())
        .extracting(PromptArm::name)
        .startsWith("few-shot=1", "system-prompt", "with-context");

    typed.put("context", folder.toString());
    HttpResponse<String> outside = app.post("/audits/new", "/audits", typed);
    assertThat(outside.statusCode()).isEqualTo(400);
    assertThat(outside.body())
        .contains("not inside a folder the server was allowed to read", "Know the sea.");
  }

  @Test
  void anAuditOfItIsFrozenWithItsContentAndItsMark() throws Exception {
    Map<String, String> form = form("sea", TABLE);
    form.put("skill", "yes");
    save(form);
    String base = registerBase();
    String tuned = registerAdapter(base);
    assertThat(app.page("/audits/new"))
        .contains("name=\"suite\" value=\"sea\">", "name=\"suite\" value=\"knowledge\" checked");
    HttpResponse<String> started =
        app.post(
            "/audits/new",
            "/audits",
            Map.of("chosen", "1", "base", base, "tuned", tuned, "suite", "sea", "depth", "quick"));
    assertThat(started.statusCode()).as(started.body()).isEqualTo(302);
    PlannedSuite planned = app.audits.list().get(0).plan().suites().get(0);
    Suite sea = new OwnSuites(app.database(), Clock.systemUTC()).find("sea", "1.0.0").orElseThrow();
    assertThat(planned.digest()).isEqualTo(sea.digest());
    assertThat(planned.skill()).isTrue();
  }

  @Test
  void aVersionIsNeverOverwrittenAndTheNextOneIsProposed() {
    save(form("sea", TABLE));
    Map<String, String> changed = form("sea", TABLE.replace("sugar", "sand"));
    changed.put("version", "1.0.0");
    for (HttpResponse<String> refused : List.of(check(changed), save(changed))) {
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body())
          .contains("sea has a version 1.0.0 with other content, and versions never change")
          .contains("name=\"version\"", "value=\"1.0.1\"");
    }
    assertThat(save(form("sea", TABLE.replace("sugar", "sand"))).statusCode()).isEqualTo(302);
    assertThat(app.page("/suites/sea")).contains("1.0.1").contains("?version=1.0.0");
    assertThat(app.page("/suites/sea?version=1.0.0")).contains("The newest is", "sea-0001");
    assertThat(app.page("/suites/sea/items/sea-0001?version=1.0.0")).contains("sugar");
    assertThat(app.page("/suites/sea/items/sea-0001")).contains("sand").doesNotContain("sugar");
    assertThat(app.page("/suites/new?from=sea")).contains("value=\"1.0.2\"", "sea-0002", "sand");
  }

  @Test
  void theIdOfASuiteThatComesAlongIsTaken() {
    HttpResponse<String> refused = save(form("knowledge", TABLE));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("which a suite has that comes with Palimpsest");
    assertThat(app.get("/suites/knowledge/remove").statusCode()).isEqualTo(404);
    assertThat(app.get("/suites/knowledge/suite.zip").statusCode()).isEqualTo(404);
  }

  @Test
  void theFolderIsTakenAlongAndReadElsewhere(@TempDir Path elsewhere) throws Exception {
    save(form("sea", TABLE));
    byte[] zip = download("/suites/sea/suite.zip");
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = elsewhere.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, in.readAllBytes());
      }
    }
    Suite read = SuiteLibrary.load(elsewhere.resolve("sea"));
    assertThat(new OwnSuites(app.database(), Clock.systemUTC()).find("sea", "1.0.0"))
        .map(Suite::digest)
        .contains(read.digest());
  }

  private byte[] download(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(app.uri(path)).build(), BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"sea-1.0.0.zip\"");
    return answer.body();
  }

  @Test
  void aVersionThatAnAuditUsesStaysAndAnotherIsRemoved() {
    save(form("sea", TABLE));
    OwnSuites own = new OwnSuites(app.database(), Clock.systemUTC());
    AuditPlan plan = planOf(own.find("sea", "1.0.0").orElseThrow());
    app.audits.start(plan);
    save(form("sea", TABLE.replace("sugar", "sand")));

    String used = "/suites/sea/remove?version=1.0.0";
    assertThat(app.page(used)).contains("It is used by " + plan.name()).doesNotContain("for good");
    assertThat(app.post("/suites/new", used, Map.of()).statusCode()).isEqualTo(409);
    assertThat(app.page("/suites/sea/remove")).contains("Remove sea 1.0.1?", "in the database");
    assertThat(app.post("/suites/new", "/suites/sea/remove", Map.of()).statusCode()).isEqualTo(302);
    assertThat(app.page("/suites/sea")).contains("1.0.0").doesNotContain("1.0.1");
  }

  private AuditPlan planOf(Suite suite) {
    String running = new SampleReport(app.suites, app.audits).running();
    AuditPlan plan = app.audits.find(running).orElseThrow().plan();
    PlannedSuite planned =
        new PlannedSuite(
            suite.id(),
            suite.version(),
            suite.digest(),
            suite.capability(),
            suite.metric().label(),
            suite.items().stream().map(Item::id).toList(),
            0.05,
            0.5,
            Map.of());
    return new AuditPlan(
        "Asks of the sea",
        plan.depth(),
        plan.base(),
        plan.tuned(),
        List.of(planned),
        plan.dtype(),
        plan.alpha(),
        plan.seed());
  }

  @Test
  void aSuiteMayBeLargeUpToALimitThatIsNamed() {
    String row = "What makes the sea salty this time?\tsugar\tsalt\tb\n";
    String large = "question\ta\tb\tanswer\n" + row.repeat(40_000);
    assertThat(check(form("sea", large)).statusCode()).isEqualTo(200);
    HttpResponse<String> refused =
        app.send(
            HttpRequest.newBuilder(app.uri("/suites"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("items=" + "x".repeat(11 << 20))));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("The suite comes to 11.0 MiB").contains("at most 10 MiB");
  }
}
