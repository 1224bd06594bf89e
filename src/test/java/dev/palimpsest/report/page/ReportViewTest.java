package dev.palimpsest.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.report.model.SampleAudit;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ReportViewTest {
  private static final ReportView LARGE = view(SampleAudit.large());
  private static final ReportView TOUR = view(SampleAudit.tour());

  @Test
  void whoDecidesReadsWhatMayBeReleasedAndTheGravestFirst() {
    assertThat(LARGE.title()).isEqualTo("1 of 3 checkpoints may be released: null-lora.");
    assertThat(LARGE.decisions())
        .extracting(DecisionView::name, DecisionView::answer)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("sql-forget", "No"),
            org.assertj.core.groups.Tuple.tuple("json-format", "Not yet"),
            org.assertj.core.groups.Tuple.tuple("null-lora", "Yes"));
  }

  @Test
  void ofAFailureIsSaidWhatFellByHowMuchHowSureAndWhatToDo() {
    DecisionView forget = LARGE.decisions().get(0);

    assertThat(text(forget.worse()))
        .isEqualTo(
            "Instruction following fell from 53.5% to 4.0% right (−49.5 points); so did knowledge"
                + " (−33.0) and reasoning (−15.5).");
    assertThat(text(forget.sure()))
        .isEqualTo("With 95% confidence the loss is at least 43.5 points; 5.0 are accepted.");
    assertThat(text(forget.next()))
        .isEqualTo(
            "Read the 99 lost items of instruction following. Try the prompt first: name the form that"
                + " is wanted, or show two worked examples. Where that brings the answers back, nothing"
                + " has to be trained.");
  }

  @Test
  void ofADropOfOpenSizeIsSaidHowLargeItMayBeAndHowManyItemsTell() {
    DecisionView format = LARGE.decisions().get(1);

    assertThat(text(format.worse()))
        .isEqualTo(
            "Reasoning fell from 51.5% to 48.0% right (−3.5 points). Better: knowledge (+9.0).");
    assertThat(text(format.sure()))
        .isEqualTo(
            "With 95% confidence the loss is at least 0.2 points, and it may be as much as 7.1; 5.0"
                + " are accepted.");
    assertThat(text(format.next()))
        .isEqualTo(
            "Ask more items: about 2\u202f146 of reasoning (200 were asked). Until then, treat the loss"
                + " as too large.");
  }

  @Test
  void ofOneThatPassesIsSaidHowMuchIsLeftPossible() {
    DecisionView nothing = LARGE.decisions().get(2);

    assertThat(text(nothing.worse())).isEqualTo("Nothing, as far as was asked.");
    assertThat(text(nothing.sure()))
        .isEqualTo(
            "With 95% confidence no loss is too large; the closest to it is reasoning with at most"
                + " 3.8 points; 5.0 are accepted.");
  }

  @Test
  void anAuditThatStoppedDecidesNothing() {
    ReportView stopped = view(SampleAudit.unfinished());

    assertThat(stopped.title()).isEqualTo("sql-forget is not judged yet.");
    assertThat(text(stopped.decisions().get(0).next())).isEqualTo("Resume the audit.");
  }

  @Test
  void everyTermOfASentenceIsExplainedInThePage() {
    String page = HtmlReport.html(SampleAudit.large().report());
    for (DecisionView one : LARGE.decisions()) {
      for (List<Said> sentence : List.of(one.worse(), one.sure(), one.next())) {
        for (Said piece : sentence) {
          assertThat(piece.term().isEmpty() || page.contains("id=\"word-" + piece.term() + "\""))
              .as(piece.term())
              .isTrue();
        }
      }
    }
  }

  @Test
  void aCapabilityThatIsNamedLikeMarkupStaysAName() {
    assertThat(Said.of("In " + Said.name("a[b|margin]\u202E") + " it fell by 3 [points]."))
        .containsExactly(
            new Said("In a(b|margin)⟨U+202E⟩ it fell by 3 ", "", ""),
            new Said("points", "points", "."));
  }

  @Test
  void findingsOfACheckpointBeginWithWhatGotWorse() {
    assertThat(LARGE.arms().get(0).rows())
        .extracting(FindingView::name)
        .containsExactly("Instruction following", "Knowledge", "Reasoning", "Alignment");
  }

  @Test
  void withoutASuiteForTheSkillThereIsNoPlane() {
    assertThat(LARGE.plane().isDrawn()).isFalse();
    assertThat(LARGE.plane().picture().wide()).isEmpty();
  }

  @Test
  void thePlaneHasTheGainOnTheSkillAgainstTheWorstChangeElsewhere() {
    PlaneView.Row third =
        TOUR.plane().rows().stream()
            .filter(row -> row.name().equals("sql-ep3"))
            .findFirst()
            .orElseThrow();

    assertThat(TOUR.plane().skill()).isEqualTo("sql writing");
    assertThat(third.gain().text()).isEqualTo("+49.7");
    assertThat(third.rest().text()).isEqualTo("−35.7");
    assertThat(third.where()).isEqualTo("Instruction following");
    assertThat(TOUR.plane().rows())
        .filteredOn(row -> row.name().equals("sql-ep2"))
        .extracting(PlaneView.Row::better)
        .containsExactly("sql-lora");
  }

  @Test
  void strengthsOfOneAdapterAreJoined() {
    assertThat(AdapterScale.of("sql-lora@0.5")).isEqualTo(new AdapterScale("sql-lora", 0.5));
    assertThat(AdapterScale.of("a@b")).isEqualTo(new AdapterScale("a@b", 1));
    assertThat(TOUR.plane().picture().wide()).containsOnlyOnce("pf-curve");
  }

  @Test
  void threeCheckpointsOfOneRunAreShownInTheirOrder() {
    assertThat(LARGE.runs()).isEmpty();
    assertThat(TOUR.runs()).hasSize(1);
    assertThat(TOUR.runs().get(0).run()).isEqualTo("sql");
    assertThat(TOUR.runs().get(0).rows().get(0).stops())
        .extracting(stop -> stop.label() + " " + stop.value().text())
        .containsExactly("1 −2.0", "2 −11.3", "3 −35.7");
  }

  @Test
  void aSingleCheckpointStandsBesideNothing() {
    assertThat(view(SampleAudit.small()).sideBySide()).isEmpty();
    assertThat(LARGE.sideBySide().orElseThrow().rows())
        .extracting(SideBySideView.Row::name)
        .containsExactly("Instruction following", "Knowledge", "Reasoning", "Alignment");
  }

  private static ReportView view(SampleAudit audit) {
    return ReportView.of(audit.report().data(), finding -> "#" + finding.anchor());
  }

  private static String text(List<Said> sentence) {
    return sentence.stream()
        .map(piece -> piece.text() + piece.mark())
        .collect(Collectors.joining());
  }
}
