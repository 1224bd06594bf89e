package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.inference.DType;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class ComparePagesTest {
  @TempDir private Path data;
  private TestApp app;
  private SampleReport sample;

  @BeforeEach
  void start() {
    app = TestApp.start(data);
    sample = new SampleReport(app.suites, app.audits);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void withoutACheckpointThePageOffersThoseOfTheNewestAudits() {
    assertThat(app.page("/compare")).contains("No audit has been made yet");
    String id = sample.finished();
    assertThat(app.page("/compare"))
        .contains("<optgroup label=\"SQL assistant, November (" + id + ")\">")
        .contains("value=\"" + id + ":sql-forget\"", "value=\"" + id + ":SmolLM2-135M-Instruct\"")
        .doesNotContain("Beside each other");
  }

  @Test
  void twoCheckpointsAreBesideEachOtherWithTheItemsThatTurned() {
    String first = sample.finished();
    String second = sample.finished();
    String page = app.page("/compare?left=" + first + ":null-lora&right=" + second + ":sql-forget");
    assertThat(page)
        .containsPattern("<h1[^>]*>sql-forget beside null-lora: worse in ")
        .contains("−30.0", "Each against the base", "30 right on the left only")
        .contains("Nothing: apart from the checkpoints, both were asked alike.")
        .contains("/audits/" + second + "/item?suite=knowledge&amp;tuned=sql-forget")
        .doesNotContain("Tuning or the other base?");
    assertThat(page).contains("/compare?left=" + second + "%3Asql-forget&amp;right=" + first);
    assertThat(page).contains("id=\"term-interval\"", "popovertarget=\"term-holm\"");
  }

  @Test
  void whatWasAskedOfOtherSuitesIsNotInTheLeftOnes() {
    String id = sample.finished();
    String page = app.page("/compare?left=" + id + ":null-lora&right=" + id + ":null-lora");
    assertThat(page)
        .contains("shared items do not tell the two apart", "None of the shared items came out");
  }

  @Test
  void aTwoByTwoIsShownWhereTheBasesDiffer() {
    String full = audit("16 bit", "base", "a1", "tuned", 80, 70);
    String quantised = audit("4 bit", "base-q4", "b2", "tuned-q4", 75, 45);
    String page = app.page("/compare?left=" + full + "&right=" + quantised);
    assertThat(page)
        .contains("Tuning or the other base?", "Each against its own base")
        .contains("−35.0 points: −10.0 by tuning, −5.0 by the other base, −20.0 by both together")
        .contains("Tuning costs more on base-q4 than on base");
  }

  @Test
  void anAuditAndACheckpointThatAreNotThereAreSaid() {
    String id = sample.finished();
    assertThat(app.get("/compare?left=nowhere:x").statusCode()).isEqualTo(404);
    HttpResponse<String> missing = app.get("/compare?left=" + id + ":nobody");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("has no checkpoint nobody; it has SmolLM2-135M-Instruct,");
    assertThat(app.get("/compare?left=" + id).body()).contains("name one, as " + id + ":null-lora");
  }

  /** An audit of 100 items of knowledge, the first of which each arm has right. */
  private String audit(
      String title, String base, String digest, String tuned, int ofBase, int ofTuned) {
    Suite suite = app.suites.suite("knowledge");
    List<String> items = suite.sample(100, 1).stream().map(Item::id).toList();
    PlannedSuite planned =
        new PlannedSuite(
            suite.id(),
            suite.version(),
            suite.digest(),
            suite.capability(),
            suite.metric().label(),
            items,
            0.05,
            0.25,
            Map.of());
    AuditPlan plan =
        new AuditPlan(
            title,
            "quick",
            arm(base, Arm.Role.BASE, digest),
            List.of(arm(tuned, Arm.Role.TUNED, digest + "ff")),
            List.of(planned),
            DType.FLOAT32,
            0.05,
            1);
    String id = app.audits.start(plan).id();
    app.audits.put(
        id,
        suite.id(),
        tuned,
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    SampleAudits.pair(
                        outcome(suite, items.get(i), base, i < ofBase),
                        outcome(suite, items.get(i), tuned, i < ofTuned)))
            .toList());
    app.audits.move(id, AuditState.FINISHED, 200, 200, "");
    return id;
  }

  private static Arm arm(String name, Arm.Role role, String digest) {
    return new Arm(
        name, role, Path.of("/models", name), Optional.empty(), digest.repeat(16), digest);
  }

  private static Outcome outcome(Suite suite, String item, String arm, boolean right) {
    return new Outcome(
        suite.id(),
        item,
        arm,
        Outcome.State.SCORED,
        right ? 1 : 0,
        "Asked.",
        "Said.",
        "Said.",
        "",
        Map.of());
  }
}
