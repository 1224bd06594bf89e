package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items in lists and one by one, and what people say of them. */
@Tag("slow")
final class ItemPagesTest {
  @TempDir private Path data;
  private TestApp app;
  private String id;

  @BeforeEach
  void start() {
    app = TestApp.start(data);
    id = new SampleReport(app.suites, app.audits).finished();
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private String page(String path) {
    HttpResponse<String> answer = app.get("/audits/" + id + path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private String lostItem() {
    return app.audits.pairs(id, "knowledge", "sql-forget").get(0).base().itemId();
  }

  private String item() {
    return "/item?suite=knowledge&tuned=sql-forget&item=" + lostItem();
  }

  @Test
  void filtersAreCombinedInTheAddressWithCountsBesideEach() {
    String all = page("/items?change=lost");
    assertThat(all)
        .contains("All capabilities, all checkpoints")
        .contains("Knowledge (30)", "null-lora (0)", "All checkpoints (")
        .contains("Text changed only</span>");
    String some = page("/items?change=lost&suite=knowledge&tuned=sql-forget&tier=hard");
    assertThat(some).contains("Knowledge, sql-forget", "hard (", "selected=\"selected\">hard (");
    int hard = number(some, "selected=\"selected\">hard \\((\\d+)\\)");
    assertThat(hard).isBetween(1, 29);
    assertThat(TestApp.count(some, "data-row")).isEqualTo(hard);
    assertThat(some).contains("Lost</span> <span class=\"n\">" + hard + "</span>");
  }

  @Test
  void everyItemOfAMixedListLeadsToItsOwnSuiteAndCheckpointAndBackToTheList() {
    String list = page("/items?change=lost&tuned=sql-forget&q=SELECT%20walk");
    String href = link(list, "data-row href=\"([^\"]+)\"");
    assertThat(href).contains("change=lost", "q=SELECT%20walk", "in=hallucination", "item=hall-");
    String item = app.get(href).body();
    assertThat(item).contains("1 of ", "All capabilities, sql-forget");
    assertThat(link(item, "data-key=\"list\" id=\"to-list\" href=\"([^\"]+)\""))
        .contains("q=SELECT%20walk")
        .endsWith("#item-1")
        .doesNotContain("item=");
  }

  @Test
  void aSearchThatFindsNothingSaysHowToGoOn() {
    assertThat(page("/items?suite=knowledge&q=zzzz"))
        .contains("No item here", "end the search", "look at all items");
  }

  @Test
  void whatTheLostItemsHaveInCommonIsSaidForOneCheckpoint() {
    assertThat(page("/items?suite=knowledge&tuned=sql-forget")).contains("(Holm over ");
    assertThat(page("/items?tuned=sql-forget")).contains("(Holm over ");
    assertThat(page("/items")).doesNotContain("(Holm over ");
  }

  @Test
  void theLargestChangeIsFirstUnlessThePlansOrderIsAskedFor() {
    String list = page("/items?suite=knowledge&tuned=sql-forget&change=all");
    assertThat(list.indexOf("lead \u22122.60 nats")).isLessThan(list.indexOf("lead 0.00 nats"));
    assertThat(page("/items?suite=knowledge&tuned=sql-forget&sort=plan"))
        .contains("value=\"plan\" selected=\"selected\"");
  }

  @Test
  void anItemLeadsToItsNeighboursAndToTheNearestLostOnes() {
    assertThat(page(item())).contains("1 of 30 lost", "data-key=\"next\"", "data-lost-only");
    String among = page(item() + "&change=all&sort=plan");
    assertThat(among).contains("1 of 100", "data-key=\"next-lost\"").doesNotContain("lost-only");
  }

  @Test
  void differencesAreMarkedUnlessTheAddressSaysOtherwise() {
    assertThat(page(item())).contains("Do not mark differences", "diff=off");
    assertThat(page(item() + "&diff=off"))
        .contains("class=\"pair plain\"", ">Mark differences</a>");
  }

  @Test
  void aRulingStandsBesideTheScoreAndChangesNoVerdict() throws IOException {
    JsonNode before = report();
    assertThat(review(Map.of("act", "right")).statusCode()).isEqualTo(302);
    assertThat(page(item()))
        .contains("Ada Byron says that the answer of sql-forget is right; the program&#39;s score")
        .contains("says: wrong", "the item would be both right", "Take back");
    assertThat(page("/items?suite=knowledge&tuned=sql-forget"))
        .contains(">overridden<", "1 answer is overridden by people", "29 lost")
        .contains("Lost</span> <span class=\"n\">30</span>");
    JsonNode after = report();
    assertThat(after.path("verdict")).isEqualTo(before.path("verdict"));
    assertThat(after.path("capabilities")).isEqualTo(before.path("capabilities"));
    assertThat(after.path("reviews").path("overridden").asInt()).isEqualTo(1);
    assertThat(after.path("reviews").path("tables").get(0).path("lost").asInt()).isEqualTo(29);
    assertThat(line().path("change").asText()).isEqualTo("LOST");
    assertThat(line().path("reviews").get(0).path("author").asText()).isEqualTo("Ada Byron");
    assertThat(line().path("reviews").get(0).path("of").asText()).isEqualTo("tuned");
  }

  @Test
  void aRulingIsTakenBackWithAReasonAndBothStayInTheHistory() throws IOException {
    review(Map.of("act", "right"));
    int ruling = number(page(item()), "name=\"retracts\" value=\"(\\d+)\"");
    review(Map.of("retracts", Integer.toString(ruling), "reason", "I misread."));
    assertThat(page(item()))
        .contains("taken back", "Takes back", "I misread.", "Lyon is meant.")
        .doesNotContain("says that the answer of");
    assertThat(report().path("reviews").path("overridden").asInt()).isZero();
    assertThat(report().path("reviews").path("entries").asInt()).isEqualTo(2);
    HttpResponse<String> again =
        review(Map.of("retracts", Integer.toString(ruling), "reason", "Again."));
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("role=\"alert\"", "was retracted already");
  }

  @Test
  void nameReasonAndActAreRequiredAndWhatWasTypedStays() {
    for (String field : new String[] {"author", "reason", "act", "of"}) {
      HttpResponse<String> answer = review(Map.of(field, " "));
      assertThat(answer.statusCode()).as(field).isEqualTo(400);
      assertThat(answer.body())
          .contains("role=\"alert\"", field.equals("author") ? "Lyon is meant." : "Ada Byron");
    }
    assertThat(review(Map.of("author", "Ada\u202EByron")).body())
        .contains("The reviewer&#39;s name holds a character that cannot be seen (U+202E)");
  }

  @Test
  void aReviewVoidsASignOffOfTheReportBeforeIt() {
    String from = "/audits/" + id + "/sign-off?arm=sql-forget";
    String digest = link(app.get(from).body(), "name=\"digest\" value=\"([0-9a-f]{64})\"");
    app.post(
        from,
        from,
        Map.of(
            "decision", "reject",
            "signer", "Ann",
            "comment", "No.",
            "digest", digest,
            "arm", "sql-forget"));
    assertThat(app.get(from).body()).doesNotContain("void, of another report");
    review(Map.of("act", "note"));
    assertThat(app.get(from).body()).contains("void, of another report");
  }

  @Test
  void whatAReviewerWroteIsNeverMarkup() {
    review(Map.of("act", "note", "reason", "<script>alert(1)</script>"));
    assertThat(page(item()))
        .doesNotContain("<script>alert")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void modelsThatAreGoneCannotBeAskedForTokensAndASentenceSaysSo() throws InterruptedException {
    assertThat(page(item())).contains("Score the tokens");
    HttpResponse<String> asked =
        app.post("/audits/" + id + item(), "/audits/" + id + tokens(), Map.of());
    assertThat(asked.statusCode()).isEqualTo(302);
    String shown = page(item());
    while (shown.contains("A worker is asking the models")) {
      Thread.sleep(50);
      shown = page(item());
    }
    assertThat(shown)
        .contains("The files of SmolLM2-135M-Instruct are not where they were when the audit ran");
  }

  private String tokens() {
    return item().replace("/item?", "/item/tokens?");
  }

  private HttpResponse<String> review(Map<String, String> changes) {
    Map<String, String> form = new HashMap<>();
    form.put("of", "tuned");
    form.put("act", "right");
    form.put("author", "Ada Byron");
    form.put("reason", "Lyon is meant.");
    form.putAll(changes);
    return app.post(
        "/audits/" + id + item(),
        "/audits/" + id + item().replace("/item?", "/item/review?"),
        form);
  }

  private JsonNode report() throws IOException {
    return Json.mapper().readTree(page("/report.json"));
  }

  private JsonNode line() throws IOException {
    for (String line : page("/items.jsonl").split("\n", -1)) {
      JsonNode node = Json.mapper().readTree(line);
      if (node.path("item").asText().equals(lostItem())
          && node.path("tuned").asText().equals("sql-forget")) {
        return node;
      }
    }
    throw new AssertionError("no such line");
  }

  private static int number(String text, String pattern) {
    return Integer.parseInt(link(text, pattern));
  }

  private static String link(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError(pattern + " is not in " + text);
    }
    return matcher.group(1).replace("&amp;", "&");
  }
}
