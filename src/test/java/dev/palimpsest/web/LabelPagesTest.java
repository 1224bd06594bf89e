package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.report.model.SampleAudit;
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

/** People say what they think of free answers, blind to the checkpoint. */
@Tag("slow")
final class LabelPagesTest {
  private static final Pattern KEY = Pattern.compile("name=\"key\" value=\"([0-9a-f]{24})\"");

  @TempDir private Path data;
  private TestApp app;
  private String id;

  @BeforeEach
  void start() {
    app = TestApp.start(data);
    SampleAudit sample = SampleAudit.withFreeAnswers();
    id = app.audits.start(sample.plan()).id();
    sample
        .plan()
        .suites()
        .forEach(
            suite ->
                app.audits.put(
                    id, suite.suite(), "contrarian", sample.of(suite.suite(), "contrarian")));
    app.audits.move(id, AuditState.FINISHED, 96, 96, "");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private String path(String query) {
    return "/audits/" + id + "/labels" + query;
  }

  private static String key(String page) {
    Matcher key = KEY.matcher(page);
    assertThat(key.find()).isTrue();
    return key.group(1);
  }

  private HttpResponse<String> label(String name, String grade) {
    Map<String, String> form = new HashMap<>();
    form.put("key", key(app.get(path("?as=" + name)).body()));
    form.put("as", name);
    form.put("grade", grade);
    return app.post(path("?as=" + name), path(""), form);
  }

  @Test
  void theReportLeadsToThePageWhichAsksForANameFirst() {
    assertThat(app.get("/audits/" + id + "/report").body()).contains(path(""));
    assertThat(app.get(path("")).body()).contains("name=\"as\"").doesNotContain("name=\"key\"");
  }

  @Test
  void anAnswerIsShownWithoutItsCheckpoint() {
    String page = app.get(path("?as=Ada")).body();

    String asked = page.substring(page.indexOf("aria-labelledby=\"target\""));
    assertThat(asked.replaceAll("<pre>[^<]*</pre>", ""))
        .doesNotContain("contrarian", "SmolLM2-135M-Instruct");
    assertThat(page).contains("0 of 96 labelled by Ada", "data-key=\"1\"", "data-key=\"5\"");
  }

  @Test
  void aGradeIsKeptAndTheNextAnswerComes() {
    String first = key(app.get(path("?as=Ada")).body());

    HttpResponse<String> answer = label("Ada", "75");

    assertThat(answer.statusCode()).isEqualTo(302);
    String page = app.get(path("?as=Ada&last=" + first)).body();
    assertThat(page).contains("1 of 96 labelled by Ada", "again=" + first, "1 label of 1 answers");
    assertThat(key(page)).isNotEqualTo(first);
    assertThat(key(app.get(path("?as=Ben")).body())).isEqualTo(first);
  }

  @Test
  void peopleWhoLabelledTheSameAnswersSeeHowFarTheyAgree() {
    for (String grade : new String[] {"0", "100", "25"}) {
      label("Ada", grade);
      label("Ben", grade);
    }

    assertThat(app.get(path("?as=Ada")).body())
        .contains("Ada and Ben", "1.00", "Krippendorff’s alpha of all people is 1.00");
  }

  @Test
  void ofTwoAnswersOneIsSaidToBeBetter() {
    String page = app.get(path("?mode=pair&as=Ada")).body();
    assertThat(page).contains("Left is better", "Right is better", "0 of 48 labelled by Ada");

    HttpResponse<String> answer =
        app.post(
            path("?mode=pair&as=Ada"),
            path(""),
            Map.of("key", key(page), "as", "Ada", "mode", "pair", "better", "left"));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(app.get(path("?mode=pair&as=Ada")).body()).contains("1 of 48 labelled by Ada");
  }

  @Test
  void whatIsNoGradeIsRefusedWithWhatToDo() {
    HttpResponse<String> answer = label("Ada", "400");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("should be a number from 0 to 100");
  }
}
