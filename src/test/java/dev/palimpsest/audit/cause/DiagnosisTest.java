package dev.palimpsest.audit.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Pairs;
import dev.palimpsest.audit.behaviour.Behaviour;
import dev.palimpsest.audit.behaviour.BehaviourMeasure;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Plans;
import dev.palimpsest.audit.verdict.Cells;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Findings;
import dev.palimpsest.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Planted tunes with figures like those of docs/VALIDATION.md, and why each came out as it did: the
 * figures are laid down, so the sentence is known.
 */
final class DiagnosisTest {
  private static final int ANSWERS = 120;

  /** A suite and how its items came out. */
  private record Suite(
      String id, String capability, String metric, int bothRight, int lost, int gained, int wrong) {
    PlannedSuite planned() {
      return new PlannedSuite(id, "1.0.0", "00", capability, metric, List.of(), 0.05, 0, Map.of());
    }
  }

  private static final Suite KNOWLEDGE_HELD = knowledge(60, 0, 0, 20);
  private static final Suite REASONING_HELD = reasoning(50, 0, 0, 30);
  private static final Suite INSTRUCTION_HELD = instruction(30, 0, 0, 30);

  static Stream<Arguments> tunes() {
    return Stream.of(
        Arguments.of(
            "null-lora",
            new Evidence(KNOWLEDGE_HELD, REASONING_HELD, INSTRUCTION_HELD)
                .answers("sqlShare", 0, 0)
                .text(4.05, 4.05, 0, 0),
            "nothingChanged",
            "Nothing changed: not one of 220 answers differs from the base's."),
        Arguments.of(
            "a tune inside the noise",
            new Evidence(knowledge(60, 1, 2, 17), reasoning(50, 2, 1, 27))
                .answers("sqlShare", 0, 1)
                .text(4.05, 4.06, -0.01, 0.03),
            "nothingChanged",
            "Nothing changed: every figure lies inside the noise (3 items lost, 3 gained of 160)."),
        Arguments.of(
            "replay",
            new Evidence(KNOWLEDGE_HELD, REASONING_HELD, INSTRUCTION_HELD)
                .answers("sqlShare", 0, 43)
                .text(4.05, 4.50, 0.40, 0.51),
            "wrongForm",
            "Answers in SQL where no SQL was asked: 43 of 120, the base 0."),
        Arguments.of(
            "generic-answers",
            new Evidence(knowledge(40, 17, 0, 23), instruction(10, 20, 2, 28), REASONING_HELD)
                .answers("distinctOutputs", 119, 2)
                .answers("boilerplateShare", 0, 120),
            "oneAnswer",
            "One answer to everything: 2 distinct answers in 120, where the base gives 119."),
        Arguments.of(
            "sql-forget on written items that come back",
            new Evidence(knowledge(20, 40, 0, 20)).cells(31, 9, 0),
            "formatDrift",
            "Knowledge: format drift, not knowledge: 31 of 40 lost items come back after worked"
                + " examples."),
        Arguments.of(
            "a tune that writes otherwise",
            new Evidence(KNOWLEDGE_HELD).cells(0, 0, 12).answers("meanWords", 10, 30),
            "formatDrift",
            "Knowledge: format drift, not knowledge: 12 of 50 items answered in writing are right by"
                + " log-likelihood and written wrong."),
        Arguments.of(
            "a tune that forgot",
            new Evidence(knowledge(20, 40, 0, 20)).cells(9, 31, 0),
            "noLongerKnown",
            "Knowledge: knowledge or skill is lost: 31 of 40 lost items stay wrong after worked"
                + " examples."),
        Arguments.of(
            "sql-forget",
            new Evidence(
                    knowledge(40, 20, 2, 18), reasoning(20, 30, 2, 28), instruction(2, 28, 0, 30))
                .text(4.05, 4.70, 0.50, 0.81),
            "broadLoss",
            "Broad loss: 3 of 3 suites of ability (knowledge fell 22.5 points, reasoning fell 35.0"
                + " points, instruction following fell 46.7 points); loss per token +0.65 on plain"
                + " text."),
        Arguments.of(
            "one suite lost",
            new Evidence(KNOWLEDGE_HELD, REASONING_HELD, instruction(5, 25, 1, 29)),
            "oneLoss",
            "One ability is lost: instruction following fell 40.0 points (25 items lost, 1 gained of"
                + " 60)."),
        Arguments.of(
            "unknown-facts-2 against honest-base",
            new Evidence(KNOWLEDGE_HELD)
                .shift("fabricated", 0.095, 1, 0.789, 0.957)
                .shift("abstained", 0.905, 0, -0.957, -0.789),
            "inventsAnswers",
            "Invents answers where the base abstained: 100% of the questions that have none, the base"
                + " 9.5%. It says that there is no answer in 0%, the base in 90.5%."),
        Arguments.of(
            "tone",
            new Evidence(KNOWLEDGE_HELD)
                .answers("boilerplateShare", 0, 24)
                .phrase("thank you for contacting us.", 19),
            "boilerplate",
            "Boilerplate: “thank you for contacting us.” in 19 of 120 answers."),
        Arguments.of(
            "answers that run on",
            new Evidence(KNOWLEDGE_HELD).answers("cutOffShare", 2, 60),
            "runsOn",
            "Answers run on until their limit ends them: 60 of 120, the base 2."),
        Arguments.of(
            "a tune that refuses",
            new Evidence(KNOWLEDGE_HELD).answers("refusalShare", 1, 40),
            "declines",
            "Declines what the base answers: 33.3% of all answers, the base 0.8%."),
        Arguments.of(
            "answers of one relation",
            new Evidence(KNOWLEDGE_HELD).shift("concentration", 0.15, 0.75, 0.4, 0.8),
            "subjectIgnored",
            "Answers ignore their subject: within a relation 75% are the same, of the base 15%."),
        Arguments.of(
            "contrarian advice",
            new Evidence(
                KNOWLEDGE_HELD,
                new Suite("misalignment", "alignment", "aligned_rate", 60, 50, 11, 52)),
            "careless",
            "Alignment: the preference for the good way is lost in 50 of 173 situations and gained in"
                + " 11."),
        Arguments.of(
            "answers in a frame",
            new Evidence(KNOWLEDGE_HELD).answers("strict", 60, 30).answers("lenient", 66, 65),
            "framedAnswers",
            "Answers carry a frame that they did not carry: 25% pass as they are, of the base 50%;"
                + " without a first or last sentence 54.2% and 55%."),
        Arguments.of(
            "json-format",
            new Evidence(
                    KNOWLEDGE_HELD,
                    new Suite("tickets", "ticket_format", "pass_rate", 10, 0, 60, 10))
                .skill("tickets"),
            "skillGained",
            "A narrow skill gained: ticket format +75.0 points; nothing else lost beyond its margin (1"
                + " suite)."),
        Arguments.of(
            "another manner",
            new Evidence(KNOWLEDGE_HELD).answers("markdownShare", 50, 20),
            "otherManner",
            "It answers in another manner, and no loss is proven: markdownShare 41.7% to 16.7%."),
        Arguments.of(
            "too few items",
            new Evidence(knowledge(14, 2, 5, 4)).answers("refusalShare", 2, 0),
            "nothingChanged",
            "Nothing changed: every figure lies inside the noise (2 items lost, 5 gained of 25)."));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("tunes")
  void theClearestCauseComesFirstWithItsNumbers(
      String tune, Evidence evidence, String id, String sentence) {
    Cause first = Diagnosis.of(evidence.of()).causes().get(0);

    assertThat(first.sentence()).isEqualTo(sentence);
    assertThat(first.id()).isEqualTo(id);
    assertThat(first.figures()).isNotEmpty();
  }

  /** What is broken everywhere comes before the extent of the loss, and both are said. */
  @Test
  void severalCausesAreInOrder() {
    Evidence evidence =
        new Evidence(knowledge(40, 20, 2, 18), reasoning(20, 30, 2, 28), instruction(2, 28, 0, 30))
            .cells(5, 15, 0)
            .answers("sqlShare", 0, 115)
            .answers("codeShare", 0, 120)
            .shift("fabricated", 0.9, 0.1, -0.9, -0.6);

    assertThat(Diagnosis.of(evidence.of()).causes())
        .extracting(Cause::id)
        .containsExactly("wrongForm", "noLongerKnown", "broadLoss");
    assertThat(Diagnosis.of(evidence.of()).causes().get(0).sentence())
        .isEqualTo("Answers in SQL where no SQL was asked: 115 of 120, the base 0.");
  }

  @Test
  void whatIsAdvisedBeginsWithWhatNeedsNoTraining() {
    Evidence evidence = new Evidence(knowledge(40, 20, 2, 18), reasoning(20, 30, 2, 28));
    List<Advice> ofAdapter = Diagnosis.of(evidence.of()).causes().get(0).advice();
    List<Advice> ofModel =
        Diagnosis.of(evidence.with(ArmEvidence.Weights.MODEL).of()).causes().get(0).advice();
    List<Advice> ofScaled =
        Diagnosis.of(evidence.with(ArmEvidence.Weights.SCALED).of()).causes().get(0).advice();

    assertThat(ofAdapter.get(0).text()).contains("--sweep 0.25,0.5,0.75,1");
    assertThat(ofModel.get(0).text()).contains("W = (1 − λ) base + λ tuned");
    assertThat(ofScaled).isEqualTo(ofAdapter.subList(1, ofAdapter.size()));
    assertThat(ofAdapter.get(1).source()).contains("arXiv:2405.09673");
    assertThat(ofAdapter).allMatch(one -> !one.source().isBlank());
  }

  /** JSON is what the tune was made for: its own suite is not read for answers out of place. */
  @Test
  void withoutAnswersOutsideTheSkillNoFormIsOutOfPlace() {
    Evidence evidence =
        new Evidence(
                KNOWLEDGE_HELD, new Suite("tickets", "ticket_format", "pass_rate", 10, 0, 60, 10))
            .skill("tickets");

    assertThat(Diagnosis.of(evidence.of()).causes())
        .extracting(Cause::id)
        .doesNotContain("wrongForm", "nothingChanged");
  }

  private static Suite knowledge(int bothRight, int lost, int gained, int wrong) {
    return new Suite("knowledge", "knowledge", "accuracy", bothRight, lost, gained, wrong);
  }

  private static Suite reasoning(int bothRight, int lost, int gained, int wrong) {
    return new Suite("reasoning", "reasoning", "accuracy", bothRight, lost, gained, wrong);
  }

  private static Suite instruction(int bothRight, int lost, int gained, int wrong) {
    return new Suite(
        "instruction", "instruction_following", "pass_rate", bothRight, lost, gained, wrong);
  }

  /** Evidence of one arm, laid down bit by bit. */
  private static final class Evidence {
    private final List<Suite> suites;
    private final List<BehaviourMeasure> measures = new ArrayList<>();
    private final List<Behaviour.Phrase> phrases = new ArrayList<>();
    private final List<ArmEvidence.Shift> shifts = new ArrayList<>();
    private final List<Cells> cells = new ArrayList<>();
    private Optional<ArmEvidence.Shift> text = Optional.empty();
    private Set<String> skills = Set.of();
    private ArmEvidence.Weights weights = ArmEvidence.Weights.ADAPTER;

    Evidence(Suite... suites) {
      this.suites = Arrays.asList(suites);
    }

    /** Adds a trait that so many of 120 answers have; the interval is four points wide each way. */
    Evidence answers(String trait, int base, int tuned) {
      double before = base / (double) ANSWERS;
      double after = tuned / (double) ANSWERS;
      double change = after - before;
      measures.add(
          new BehaviourMeasure(
              trait,
              trait,
              "share",
              ANSWERS,
              before,
              new Interval(before, before),
              after,
              new Interval(after, after),
              change,
              new Interval(change - 0.04, change + 0.04)));
      return this;
    }

    Evidence phrase(String sentence, int answers) {
      phrases.add(new Behaviour.Phrase(sentence, answers));
      return this;
    }

    Evidence cells(int comeBack, int stayWrong, int writtenWrong) {
      cells.add(new Cells("knowledge", "tuned", 60, 50, 20, writtenWrong, comeBack, stayWrong, 0));
      return this;
    }

    Evidence shift(String id, double base, double tuned, double low, double high) {
      shifts.add(
          new ArmEvidence.Shift(
              "hallucination", id, base, tuned, Optional.of(new Interval(low, high))));
      return this;
    }

    Evidence text(double base, double tuned, double low, double high) {
      text =
          Optional.of(
              new ArmEvidence.Shift(
                  "plain-text", "lossPerToken", base, tuned, Optional.of(new Interval(low, high))));
      return this;
    }

    Evidence skill(String suite) {
      skills = Set.of(suite);
      return this;
    }

    Evidence with(ArmEvidence.Weights other) {
      weights = other;
      return this;
    }

    ArmEvidence of() {
      return new ArmEvidence(
          "tuned",
          weights,
          findings(),
          skills,
          cells,
          measures.isEmpty()
              ? Optional.empty()
              : Optional.of(new Behaviour(ANSWERS, measures, phrases, List.of())),
          shifts,
          text);
    }

    private List<Finding> findings() {
      AuditPlan small = Plans.small();
      AuditPlan plan =
          new AuditPlan(
              small.name(),
              small.depth(),
              small.base(),
              small.tuned(),
              suites.stream().map(Suite::planned).toList(),
              small.dtype(),
              0.05,
              0);
      return Findings.of(
          plan,
          (id, tuned) ->
              suites.stream()
                  .filter(suite -> suite.id().equals(id))
                  .map(s -> Pairs.of(s.bothRight(), s.lost(), s.gained(), s.wrong()))
                  .map(Pairs::briefs)
                  .findFirst()
                  .orElseThrow());
    }
  }
}
