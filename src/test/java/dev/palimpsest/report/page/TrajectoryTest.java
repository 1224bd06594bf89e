package dev.palimpsest.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.model.History;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TrajectoryTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void eachCheckpointHasAMarkOfItsVerdictAndAnInterval() {
    HistoryView view =
        HistoryView.of(
            List.of(
                entry("new", figure("2", -0.12, Verdict.FAILED)),
                entry("old", figure("1", -0.01, Verdict.CERTIFIED))));
    String svg = view.charts().get(0).svg();
    assertThat(svg)
        .contains("role=\"img\"", "2 checkpoints, oldest left. The newest changed by −12.0 points")
        .contains("pf-line-pass", "pf-mark-pass", "pf-line-fail", "pf-mark-fail");
    assertThat(svg.indexOf("pf-mark-pass"))
        .as("oldest left")
        .isLessThan(svg.indexOf("pf-mark-fail"));
    assertThat(svg).as("another version of the suite").contains("stroke-dasharray=\"1 3\"");
  }

  @Test
  void theTableHasEveryFigureAndADashWhereNothingWasAsked() {
    HistoryView view =
        HistoryView.of(
            List.of(
                entry("new", figure("1", -0.12, Verdict.FAILED)),
                new History.Entry(
                    "old",
                    "old",
                    "base",
                    "tuned",
                    "d",
                    ReleaseVerdict.PASS,
                    Instant.EPOCH,
                    List.of())));
    assertThat(view.rows()).hasSize(2);
    assertThat(view.rows().get(0).cells().get(0).delta()).isEqualTo("−12.0");
    assertThat(view.rows().get(0).cells().get(0).interval()).isEqualTo("−15.0 to −9.0");
    assertThat(view.rows().get(1).cells().get(0).delta()).isEqualTo("–");
  }

  @Test
  void theLocaleOfTheMachineChangesNoDigit() {
    List<History.Entry> entries = List.of(entry("one", figure("1", -0.123, Verdict.REGRESSED)));
    String english = HistoryView.of(entries).charts().get(0).svg();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    assertThat(HistoryView.of(entries).charts().get(0).svg()).isEqualTo(english);
    Locale.setDefault(Locale.GERMANY);
    assertThat(HistoryView.of(entries).charts().get(0).svg()).isEqualTo(english);
  }

  private static History.Entry entry(String audit, History.Figure figure) {
    return new History.Entry(
        audit, audit, "base", "tuned", "d", ReleaseVerdict.FAIL, Instant.EPOCH, List.of(figure));
  }

  private static History.Figure figure(String digest, double delta, Verdict verdict) {
    return new History.Figure(
        "knowledge", digest, "knowledge", 100, delta, delta - 0.03, delta + 0.03, 0.05, verdict);
  }
}
