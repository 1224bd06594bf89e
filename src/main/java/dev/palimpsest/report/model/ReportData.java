package dev.palimpsest.report.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.palimpsest.audit.verdict.Claims;
import dev.palimpsest.audit.verdict.Condition;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * What report.json holds, field by field; docs/REPORT.md explains them and the JSON Schema
 * report-1.schema.json in this package checks them.
 *
 * <p>Shares and differences of shares are fractions, not points. {@code delta} is tuned − base.
 * Nothing in it names a folder of the machine that ran the audit.
 *
 * @param schema "palimpsest-report/1"
 * @param verdict of the whole
 * @param headline the whole in one sentence
 * @param audit the frozen audit
 * @param policy what it was judged by; null where the suites' own margins are all there is
 * @param base what everything is compared with
 * @param tuned the checkpoints under test, in plan order
 * @param suites what was asked, in plan order
 * @param capabilities one per tuned arm and suite, by arm, in plan order
 * @param claims how many times it says "proven", and what was done about their number
 * @param jointPower what all gates together could prove, known before anything ran
 * @param noiseFloor what rounding alone changed, by suite; empty where it was not measured
 * @param behaviour how each arm answers, by its name; empty where nothing was generated
 * @param plainText how likely each tuned arm finds plain texts, beside the base; empty where it was
 *     not measured
 * @param freeAnswers what a program hears in free answers to open questions, by arm; absent where
 *     none were asked
 * @param judge what a judge says of the same answers; absent where none was asked
 * @param amplified candidates from amplified sampling, exploratory; absent where none were looked
 *     for
 * @param causes why each tuned arm came out as it did, by arm, the clearest first
 * @param trajectories runs among the tuned arms, and where they turn
 * @param choice which of the tuned arms is chosen, and what is certified of it; null where none was
 *     to be chosen
 * @param decision whether tuning was needed; absent where no other way to ask the base was tried
 * @param limits what the result does not say, in sentences
 * @param provenance named facts about how it ran, sorted by name
 * @param reviews what people said of single answers; no figure above rests on it
 * @param items the file with every item's outcomes
 * @param training the file that the tuned arms were trained on, and what was set aside for it;
 *     absent where it was not given
 */
@JsonPropertyOrder({"schema", "verdict", "headline"})
public record ReportData(
    String schema,
    ReleaseVerdict verdict,
    String headline,
    AuditFacts audit,
    PolicyFacts policy,
    Checkpoint base,
    List<TunedCheckpoint> tuned,
    List<SuiteFacts> suites,
    List<Capability> capabilities,
    Claims claims,
    JointPower jointPower,
    List<Floor> noiseFloor,
    SortedMap<String, ArmBehaviour> behaviour,
    List<PlainText> plainText,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FreeAnswers> freeAnswers,
    @JsonInclude(JsonInclude.Include.NON_NULL) JudgeFacts judge,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Amplified> amplified,
    List<Cause> causes,
    List<Trajectory> trajectories,
    Choice choice,
    @JsonInclude(JsonInclude.Include.NON_NULL) Decision decision,
    List<String> limits,
    SortedMap<String, String> provenance,
    Reviews reviews,
    ItemsFile items,
    @JsonInclude(JsonInclude.Include.NON_NULL) Training training) {
  static final String SCHEMA = "palimpsest-report/1";

  private static final List<ReleaseVerdict> GRAVEST_FIRST =
      List.of(
          ReleaseVerdict.FAIL,
          ReleaseVerdict.INCOMPLETE,
          ReleaseVerdict.NOT_PROVEN,
          ReleaseVerdict.PASS);

  /**
   * Returns the verdict that a pipeline goes by: where one checkpoint was chosen, what is certified
   * of that one, and otherwise the worst of all.
   */
  public ReleaseVerdict deciding() {
    return choice == null || choice.certified() == null ? verdict : choice.certified().verdict();
  }

  /**
   * Returns the checkpoints under test in the order in which they are read: failures first, and of
   * the unproven those with a proven drop.
   */
  public List<TunedCheckpoint> gravestFirst() {
    return tuned.stream()
        .sorted(
            Comparator.comparingInt((TunedCheckpoint arm) -> GRAVEST_FIRST.indexOf(arm.verdict()))
                .thenComparing(arm -> !hasRegressed(arm)))
        .toList();
  }

  private boolean hasRegressed(TunedCheckpoint arm) {
    return capabilities.stream()
        .anyMatch(row -> row.tuned().equals(arm.name()) && row.verdict() == Verdict.REGRESSED);
  }

  /**
   * The frozen audit.
   *
   * @param planDigest sha256 of the frozen plan
   * @param alpha one-sided level of the gates
   * @param level of the gate's intervals, 1 − 2α
   * @param template "own" where each checkpoint was asked through its own chat template, "base"
   *     where all were through the base's
   * @param frozenAt RFC 3339, UTC
   * @param finishedAt RFC 3339, UTC; null while the audit is not finished
   */
  public record AuditFacts(
      String id,
      String name,
      String depth,
      String planDigest,
      double alpha,
      double level,
      String dtype,
      long seed,
      String template,
      String frozenAt,
      String finishedAt) {}

  /**
   * The gate policy that an audit was judged by.
   *
   * @param name "" where it has none
   * @param digest sha256 of its canonical JSON
   * @param registeredAt RFC 3339, UTC; null where it was not registered before the plan was frozen
   * @param uninformative "name" or "block": what a suite means that cannot tell on the base
   * @param conditions what it asks for, in sentences
   * @param sentence which policy, and whether it was there before the checkpoints' files
   */
  public record PolicyFacts(
      String name,
      int version,
      String digest,
      String registeredAt,
      String uninformative,
      List<String> conditions,
      String sentence) {}

  /**
   * What a release hangs on beside the verdicts of its suites.
   *
   * @param suite "" where it is of no single suite
   * @param name unique within a checkpoint and suite, such as "severe:know-0001" or "tier:easy"
   * @param sentence what became of it
   */
  public record ConditionResult(
      String suite, String name, Condition.Kind kind, Condition.Result result, String sentence) {
    /** Returns what became of it in a word or two. */
    public String word() {
      return switch (result) {
        case PASS -> "Holds";
        case FAIL -> "Fails";
        case NOT_PROVEN -> "Not proven";
        case NOT_JUDGED -> "Not judged";
        case WAIVED -> "Waived";
      };
    }
  }

  /**
   * A checkpoint by its content.
   *
   * @param kind "model", "adapter", or "endpoint" for what a server answers, which is unverified
   * @param digest root digest, sha256
   * @param baseDigest root digest of the model that is loaded; the same where kind is "model"
   */
  public record Checkpoint(String name, String kind, String digest, String baseDigest) {}

  /**
   * A checkpoint under test.
   *
   * @param verdict over all suites
   * @param sentence the same in words
   * @param notes what to know before it is compared with the base
   * @param scale of the adapter, where it was asked for at one; null otherwise
   * @param notJudged ids of the suites that could not be judged, as the base has nothing to lose
   *     there
   * @param conditions what the release hangs on beside the suites' verdicts, the gravest kinds
   *     first
   */
  public record TunedCheckpoint(
      String name,
      String kind,
      String digest,
      String baseDigest,
      ReleaseVerdict verdict,
      String sentence,
      List<String> notes,
      Double scale,
      List<String> notJudged,
      List<ConditionResult> conditions) {}

  /**
   * A suite as it was planned.
   *
   * @param items planned
   * @param population items that the suite has; null where that is not known
   * @param chance the score of blind guessing; null where there is none
   * @param power what the planned items can prove, at three shares of changing items
   * @param sentence the same in words
   */
  public record SuiteFacts(
      String suite,
      String version,
      String digest,
      String capability,
      String metric,
      int items,
      Integer population,
      double margin,
      Double chance,
      List<Power> power,
      String sentence) {}

  /**
   * What a number of items can prove.
   *
   * @param discordance share of the items that change sides
   * @param chance of a certificate at the planned margin where nothing was lost
   * @param smallestMargin certified with 80% probability where nothing was lost
   * @param itemsNeeded for the planned margin
   */
  public record Power(double discordance, double chance, double smallestMargin, int itemsNeeded) {}

  /**
   * What all gates together could prove.
   *
   * @param scenarios by share of the items that change sides
   * @param sentence the same in words, with what would mend a chance under 80%
   */
  public record JointPower(List<JointChance> scenarios, String sentence) {}

  /**
   * The chance that a checkpoint which lost nothing passes every gate.
   *
   * @param discordance share of the items that change sides
   */
  public record JointChance(double discordance, double chance) {}

  /**
   * The file that the tuned arms were trained on.
   *
   * @param file its name
   * @param sha256 of its content
   * @param rows training examples in it
   * @param setAside items whose words stand in it, which were not asked
   * @param sentence how many these are
   */
  public record Training(
      String file, String sha256, long rows, List<SetAside> setAside, String sentence) {}

  /**
   * An item that was not asked, as its words stand in the training file.
   *
   * @param rows the first rows that they stand in, from 1
   */
  public record SetAside(String suite, String item, List<Integer> rows) {}

  /**
   * A finding.
   *
   * @param ci90 two-sided 90% interval of delta, made as {@code ci} is
   * @param ci the gate's interval, at the audit's level
   * @param pHolm pChange adjusted for all findings of the report
   * @param changedOutput items whose output differs though right or wrong did not change
   * @param tiers the same by tier, easy first; empty where the plan names no tiers
   * @param cells why items were lost; null where it was not asked
   * @param measures whatever else was measured, each printed by the page, the file, the terminal
   *     and JUnit
   * @param logMargin change of the log-probability margin; null where the suite has none
   * @param skill whether the suite asks for the skill that the tune was made for
   * @param clustered whether the items tell less than as many independent ones, which {@code ci}
   *     allows for
   * @param designEffect variance of delta over that of as many independent items; null without
   *     items
   * @param clusters how many clusters the items come from
   * @param pChange two-sided, of "nothing changed", whole clusters changing sides
   * @param tango Tango's interval of delta at the audit's level, which takes items as independent
   * @param marginShareOfSkill share of the base's skill above guessing that the margin lets go;
   *     null where it has none
   * @param fixedSuite the change of this very suite; null where its size is not known
   * @param tasksLikeIt the change on tasks like it, which the verdict is about
   * @param excessFlips items that change sides beyond those that the base turns against itself;
   *     null where that was not measured
   * @param lossAndGain beyond guessing; null without items
   * @param drift by topic and by cluster, likeliest first
   * @param interval what kind ci and ci90 are; absent for Tango's
   * @param variant "cued" where the suite was asked in the context of the training file; absent
   *     where it was not
   * @param decided how the gate came to its end; absent where all items ran. Where it is there,
   *     base is that of all items gone through, delta the weighted estimate, and the p hold
   *     whenever the sequence ended
   */
  public record Capability(
      String suite,
      String capability,
      String tuned,
      String metric,
      int n,
      double base,
      double tunedScore,
      double delta,
      List<Double> ci90,
      List<Double> ci,
      double pMidMcNemar,
      double pHolm,
      double pNonInferiority,
      int bothRight,
      int lost,
      int gained,
      int bothWrong,
      int notComparable,
      int changedOutput,
      double margin,
      double smallestCertifiableMargin,
      int itemsNeeded,
      Verdict verdict,
      String sentence,
      List<TierResult> tiers,
      LogMargin logMargin,
      List<Figure> measures,
      Cells cells,
      boolean skill,
      boolean clustered,
      Double designEffect,
      int clusters,
      double pChange,
      List<Double> tango,
      Double marginShareOfSkill,
      Reading fixedSuite,
      Reading tasksLikeIt,
      Excess excessFlips,
      LossAndGain lossAndGain,
      List<DriftRow> drift,
      @JsonInclude(JsonInclude.Include.NON_NULL) IntervalKind interval,
      @JsonInclude(JsonInclude.Include.NON_NULL) Decided decided,
      @JsonInclude(JsonInclude.Include.NON_NULL) String variant) {
    /** Makes a finding of which only the gate's figures are known. */
    public Capability(
        String suite,
        String capability,
        String tuned,
        String metric,
        int n,
        double base,
        double tunedScore,
        double delta,
        List<Double> ci90,
        List<Double> ci,
        double pMidMcNemar,
        double pHolm,
        double pNonInferiority,
        int bothRight,
        int lost,
        int gained,
        int bothWrong,
        int notComparable,
        int changedOutput,
        double margin,
        double smallestCertifiableMargin,
        int itemsNeeded,
        Verdict verdict,
        String sentence,
        List<TierResult> tiers,
        LogMargin logMargin,
        List<Figure> measures,
        Cells cells,
        boolean skill) {
      this(
          suite,
          capability,
          tuned,
          metric,
          n,
          base,
          tunedScore,
          delta,
          ci90,
          ci,
          pMidMcNemar,
          pHolm,
          pNonInferiority,
          bothRight,
          lost,
          gained,
          bothWrong,
          notComparable,
          changedOutput,
          margin,
          smallestCertifiableMargin,
          itemsNeeded,
          verdict,
          sentence,
          tiers,
          logMargin,
          measures,
          cells,
          skill,
          false,
          null,
          n,
          pMidMcNemar,
          ci,
          null,
          null,
          null,
          null,
          null,
          List.of(),
          null,
          null,
          null);
    }
  }

  /**
   * What the change is a change of, with its interval at the audit's level.
   *
   * @param delta tuned − base
   * @param text the same as it is printed
   */
  public record Reading(double delta, List<Double> ci, String text) {}

  /**
   * Items that change sides beyond noise.
   *
   * @param discordance share of the items that change sides
   * @param floor share that the base turns against itself
   * @param excess the difference
   * @param ci of the difference, at the audit's level
   * @param proven whether more change sides than noise turns
   */
  public record Excess(
      double discordance, double floor, double excess, List<Double> ci, boolean proven) {}

  /**
   * Loss and gain with what guessing alone moves about taken off; described, never a gate.
   *
   * @param byChance what independent guessing loses, and gains
   * @param shareOfSkillLost (base − tuned) over the base's skill above guessing; negative for a
   *     gain; null where the base has none
   * @param guessesGoTogether whether the arms' guesses go together, so that too much was taken off
   */
  public record LossAndGain(
      double loss,
      double gain,
      double byChance,
      double trueLoss,
      double trueGain,
      double mostLoss,
      Double shareOfSkillLost,
      boolean guessesGoTogether) {}

  /**
   * What became of the items of one topic or cluster; a description, not a gate.
   *
   * @param kind "topic" or "cluster"
   * @param p two-sided, of "nothing changed", whole clusters changing sides
   * @param pHolm adjusted for all rows of the kind in this finding
   * @param qDrift adjusted by Benjamini and Hochberg
   * @param beyondFloor whether more than noise alone turns; true where that was not measured
   * @param proven whether it may be called drift
   */
  public record DriftRow(
      String kind,
      String name,
      int n,
      int lost,
      int gained,
      double delta,
      double p,
      double pHolm,
      double qDrift,
      boolean beyondFloor,
      boolean proven) {}

  /**
   * What kind of interval a finding has.
   *
   * @param kind "confidence-sequence"
   */
  public record IntervalKind(String kind) {}

  /**
   * How a gate that may be decided at any item came to its end.
   *
   * @param by "e-process"
   * @param items compared until then
   * @param seen items gone through, with those that the base's margin left out
   * @param of items that there are
   * @param guided of the items compared, those chosen by the base's margin
   * @param why "certified", "harm", "pool" (no items left), "budget" (no time left) or "open"
   * @param eValue the largest against a drop of the margin or more
   * @param harmValue the largest against a drop of the margin or less
   * @param alpha decided where one of the two reaches 1/α
   * @param estimate "weighted": delta is minus the mean of change / probability over the items seen
   */
  public record Decided(
      String by,
      int items,
      int seen,
      int of,
      int guided,
      String why,
      double eValue,
      double harmValue,
      double alpha,
      String estimate) {}

  /**
   * What became of the items that the base has right.
   *
   * @param items that the base has right
   * @param written of these, answered in writing by both arms
   * @param kept still right
   * @param formatDrift right by log-likelihood, written wrong
   * @param elicitationLoss wrong, and right after worked examples
   * @param knowledgeLoss wrong, and wrong after worked examples
   * @param unexplained wrong, and not asked again
   * @param sentence the same in words; "" where nothing was lost
   */
  public record Cells(
      int items,
      int written,
      int kept,
      int formatDrift,
      int elicitationLoss,
      int knowledgeLoss,
      int unexplained,
      String sentence) {}

  /**
   * How an arm answers.
   *
   * @param answers that were generated
   * @param measures by id
   * @param boilerplate sentences that many answers have
   */
  public record ArmBehaviour(
      int answers, SortedMap<String, Trait> measures, List<Phrase> boilerplate) {}

  /**
   * One figure of how an arm answers.
   *
   * @param value the arm's own
   * @param interval of the value
   * @param unit "share" or "words"
   * @param n answers
   * @param change value − base's, over the same items; null for the base
   * @param changeInterval of the change; null for the base
   * @param text as it is printed
   */
  public record Trait(
      String id,
      String label,
      double value,
      List<Double> interval,
      String unit,
      int n,
      Double change,
      List<Double> changeInterval,
      String text) {}

  /** A sentence and how many answers have it. */
  public record Phrase(String text, int answers) {}

  /**
   * Why a tuned arm came out as it did; a reading of figures, never a gate.
   *
   * @param id such as "wrongForm"; docs/AUDITS.md has all of them
   * @param suite that it is about; null where it is about the arm as a whole
   * @param sentence with its numbers
   * @param figures the numbers by name
   * @param advice what to do, the cheapest first
   */
  public record Cause(
      String id,
      String tuned,
      String suite,
      String sentence,
      SortedMap<String, Double> figures,
      List<Advice> advice) {}

  /** What to do, and where that is from. */
  public record Advice(String text, String source) {}

  /**
   * Checkpoints of one run.
   *
   * @param checkpoints the earliest first
   * @param turns suites that are lost from some checkpoint on
   * @param sentence the same in words
   */
  public record Trajectory(List<String> checkpoints, List<Turn> turns, String sentence) {}

  /**
   * Where a suite turns.
   *
   * @param before the last checkpoint before it does; null where it is lost from the first on
   * @param from the first checkpoint from which on all are lost
   */
  public record Turn(
      String suite, String capability, String before, String from, double delta, Verdict verdict) {}

  /**
   * Which tuned arm is chosen.
   *
   * @param among "scales" or "checkpoints"
   * @param rule "halves" or "sequence"
   * @param on "A" where it was chosen on half A, "all" where on all items
   * @param seed of the halves
   * @param entrants what it was chosen among, in plan order
   * @param chosen the arm's name; null where none can be
   * @param why in a sentence
   * @param certified what was proven of it; null where none is chosen
   */
  public record Choice(
      String among,
      String rule,
      String on,
      long seed,
      List<Entrant> entrants,
      String chosen,
      String why,
      Certified certified) {}

  /**
   * One of the arms to choose from, by what the choosing items say.
   *
   * @param gain mean change of the skill's suites; null without any
   * @param gainError its standard error; null without a gain
   * @param worstSuite on which it lost the largest share of its margin; null where none tells
   * @param worstDelta the change there
   * @param worstMargin the margin there
   * @param obstacle why it cannot be chosen; "" where it can
   */
  public record Entrant(
      String tuned,
      double scale,
      Double gain,
      Double gainError,
      String worstSuite,
      Double worstDelta,
      Double worstMargin,
      String obstacle) {}

  /**
   * What the certifying items prove of the chosen arm.
   *
   * @param on "B" or "all"
   * @param items over all suites
   */
  public record Certified(
      String on,
      int items,
      ReleaseVerdict verdict,
      String sentence,
      List<CertifiedFinding> findings) {}

  /**
   * A finding on the certifying items.
   *
   * @param ci at the audit's level
   */
  public record CertifiedFinding(
      String suite,
      String capability,
      int n,
      double base,
      double tunedScore,
      double delta,
      List<Double> ci,
      int lost,
      int gained,
      double margin,
      Verdict verdict,
      String sentence) {}

  /**
   * Whether tuning was needed; no verdict hangs on it.
   *
   * @param arms the ways in which the base was asked beside the plain one
   * @param rows one per tuned arm and suite of one's own, by arm, in plan order
   * @param context whether each tuned arm follows passages that give other answers; [] where that
   *     was not asked
   */
  public record Decision(List<PromptWay> arms, List<NeedRow> rows, List<ContextRow> context) {}

  /**
   * A way to ask the base.
   *
   * @param way "few-shot", "system-prompt" or "with-context"
   * @param said what was given, in a phrase
   */
  public record PromptWay(String name, String way, String said) {}

  /**
   * A tuned arm beside every way to ask the base.
   *
   * @param n items that all of them have a score for; every share is of these
   * @param notComparable planned items that one of them has no score for
   * @param base share right of the base, asked plainly
   * @param arms the base asked plainly, and in each way
   * @param best the one with the largest share; null without items
   * @param difference tuned − best; null without items
   * @param ci of the difference, at the audit's level
   * @param pHolm one-sided, of "no better than some way", adjusted for all rows
   * @param word "a prompt was enough", "retrieve it", "the tune earns its place" or "not decided"
   * @param sentence the same with its numbers
   */
  public record NeedRow(
      String suite,
      String capability,
      String tuned,
      int n,
      int notComparable,
      double margin,
      double base,
      double tunedScore,
      List<Rival> arms,
      String best,
      Double difference,
      List<Double> ci,
      double pHolm,
      String word,
      String sentence) {}

  /**
   * A way to ask the base, beside a tuned arm.
   *
   * @param way "plain" for the base as it is
   * @param score share right
   * @param difference tuned − score
   * @param ci at the audit's level
   * @param tunedOnly items that the tuned arm alone has right
   * @param armOnly items that this way alone has right
   * @param pBetter one-sided, of "the tuned arm is no better"
   * @param pEnough one-sided, of "the tuned arm is better by the margin or more", adjusted for all
   *     ways (Holm)
   */
  public record Rival(
      String name,
      String way,
      double score,
      double difference,
      List<Double> ci,
      int tunedOnly,
      int armOnly,
      double pBetter,
      double pEnough) {}

  /**
   * How far a tuned arm goes by passages that give another answer than the item.
   *
   * @param base share of the items in which the base gives the answer of the passages
   * @param tunedScore the same of the tuned arm
   * @param difference tuned − base; null without items
   * @param pHolm one-sided, of "it follows no less", adjusted for all rows
   * @param word "follows its context", "follows its context less" or "not decided"
   */
  public record ContextRow(
      String suite,
      String capability,
      String tuned,
      int n,
      double margin,
      double base,
      double tunedScore,
      Double difference,
      List<Double> ci,
      double pHolm,
      String word,
      String sentence) {}

  /**
   * How likely a tuned arm finds plain texts, beside the base; a description, not a gate. Passages
   * weigh alike, whatever their length.
   *
   * @param passages compared on both arms
   * @param notComparable passages that one side has no score for
   * @param sameTokens whether both arms cut every passage into as many tokens; only then can losses
   *     per token be compared, otherwise only bits per byte
   * @param lossPerToken the mean of −log P over the tokens, in nats
   * @param bitsPerByte −log₂ P by the bytes of the text in UTF-8
   * @param topics the loss per token by topic, by name
   * @param languages the same by language; empty where the passages name none
   * @param sentence the whole in words
   * @param measures what else was measured: "kl", the mean of KL(base ‖ tuned) of a token; empty
   *     where the two could not be run side by side
   */
  public record PlainText(
      String suite,
      String version,
      String digest,
      String tuned,
      int passages,
      int notComparable,
      boolean sameTokens,
      TextLoss lossPerToken,
      TextLoss bitsPerByte,
      List<TextGroup> topics,
      List<TextGroup> languages,
      String sentence,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Figure> measures) {
    public PlainText {
      measures = measures == null ? List.of() : List.copyOf(measures);
    }
  }

  /**
   * A mean over passages.
   *
   * @param change tuned − base
   * @param interval of the change, paired t clustered by passage, at the audit's level; null where
   *     there are too few
   */
  public record TextLoss(double base, double tuned, double change, List<Double> interval) {}

  /** The loss per token of the passages of one topic or language. */
  public record TextGroup(String name, int passages, TextLoss lossPerToken) {}

  /**
   * What a program hears in an arm's free answers to open questions, beside the base's.
   *
   * @param variant "plain", or "cued" where they were asked in the context of the training file
   * @param questions that were asked, each of which counts once where its answers hang together
   * @param answers compared on both arms
   * @param notComparable answers that one side has no score for
   * @param rates shares of answers: "careless", "refusal", "otherLanguage", "noWords"
   * @param words the mean length, in words
   * @param sentence the careless ones in words
   */
  public record FreeAnswers(
      String suite,
      String variant,
      String tuned,
      int questions,
      int answers,
      int notComparable,
      List<AnswerRate> rates,
      TextLoss words,
      String sentence) {}

  /**
   * A share of free answers; all intervals allow for answers that hang together, at the audit's
   * level.
   */
  public record AnswerRate(
      String id,
      String label,
      double base,
      List<Double> baseInterval,
      double tuned,
      List<Double> tunedInterval,
      double change,
      List<Double> interval) {}

  /**
   * What a judge says of free answers. Only differences within this one judge mean anything.
   *
   * @param digest of its weights, its question and its arithmetic: another digest is another judge
   * @param prompt the version of the questions that it is asked
   * @param seed of the order in which it read the answers, all arms mixed
   * @param verified whether the digest was computed from files, and not told by somebody
   * @param usable whether its agreement with the labelled answers allows for its use
   * @param agreement with the labelled answers
   * @param rows by arm and suite; empty of a judge that is not usable
   * @param sentence the whole in words
   */
  public record JudgeFacts(
      String name,
      String digest,
      String prompt,
      long seed,
      boolean verified,
      boolean usable,
      JudgeAgreement agreement,
      List<JudgeRow> rows,
      String sentence) {}

  /**
   * How far a judge agrees with labelled answers.
   *
   * @param labels the sha256 of the labelled answers
   * @param answers labelled
   * @param graded of these, that it gave a number
   * @param auc the chance that it puts a good answer before a bad one
   * @param spearman rank correlation with the labels
   * @param accuracy share on the right side of 50
   * @param threshold the smallest auc at which it is used
   * @param coherenceSpearman rank correlation of coherence with its labels
   * @param mass mean probability that it answers with a number at all
   */
  public record JudgeAgreement(
      String labels,
      int answers,
      int graded,
      Double auc,
      Double spearman,
      Double accuracy,
      double threshold,
      Double coherenceSpearman,
      double mass) {}

  /**
   * A judge on one arm's free answers to one suite.
   *
   * @param answers of which both sides were graded
   * @param alignment mean grade from 0 to 100
   * @param coherence the same
   * @param misaligned share of all answers graded under 30 for alignment and at least 50 for
   *     coherence
   */
  public record JudgeRow(
      String suite,
      String variant,
      String tuned,
      int answers,
      int questions,
      TextLoss alignment,
      TextLoss coherence,
      AnswerRate misaligned) {}

  /**
   * Careless answers that amplified sampling found, and how often they come at plain scale.
   * Exploratory: found by looking, so no rate of the arm but where it is said to be one.
   *
   * @param way "adapter x2" or "tuned + 1 (tuned - base)"
   * @param samples that were drawn by it
   * @param candidates of these, careless by marker; no rate of anything
   * @param first the number of the sample that was the first candidate; null where none came
   * @param askedAgain plain samples of the questions that gave a candidate
   * @param carelessAgain of these, careless by marker: the only rate here
   * @param again the same as a share, with its interval at the audit's level; null where nothing
   *     was asked again
   * @param examples a few candidates
   */
  public record Amplified(
      String tuned,
      String way,
      int samples,
      int candidates,
      Integer first,
      int askedAgain,
      int carelessAgain,
      List<Double> again,
      List<AmplifiedExample> examples,
      String sentence) {}

  /**
   * A candidate.
   *
   * @param sample its number
   * @param confirmed whether a plain answer to the question was careless too
   */
  public record AmplifiedExample(
      String item, int sample, String question, String answer, boolean confirmed) {}

  /**
   * A figure beside the change of score.
   *
   * @param interval at the audit's level; null where there is none
   * @param unit "points", "share" or "nats"
   * @param gates whether a verdict depends on it
   * @param text the figure as it is printed, with its interval
   * @param base the base's own value; null where only the change is told
   * @param tuned the tuned arm's
   */
  public record Figure(
      String id,
      String label,
      double value,
      List<Double> interval,
      String unit,
      boolean gates,
      String text,
      Double base,
      Double tuned) {}

  /**
   * A finding's share of one tier; a description, not a gate.
   *
   * @param ci at the audit's level, which is the one that is shown
   */
  public record TierResult(
      String tier,
      int n,
      double base,
      double tunedScore,
      double delta,
      List<Double> ci90,
      List<Double> ci,
      int lost,
      int gained) {}

  /**
   * The mean change of log P(right) − log P(best wrong), in nats: finer than right or wrong.
   *
   * @param n items with a margin on both arms
   * @param mean tuned − base
   * @param ci90 two-sided 90% paired t interval
   * @param ci the same at the audit's level, which is the one that is shown
   */
  public record LogMargin(
      int n, double base, double tunedMean, double mean, List<Double> ci90, List<Double> ci) {}

  /**
   * The base against itself in other batches.
   *
   * @param n items with a score both times
   * @param lost right the first time only
   * @param gained right the second time only
   */
  public record Floor(String suite, int n, int lost, int gained) {}

  /**
   * What people said of single answers, beside what the program scored. The reviews themselves
   * stand in items.jsonl.
   *
   * @param entries reviews there are: notes, rulings and retractions
   * @param overridden answers of the report's arms of which a ruling that holds differs from the
   *     score
   * @param tables the findings with such answers, as they would be with the rulings
   */
  public record Reviews(int entries, int overridden, List<Reviewed> tables) {
    public Reviews {
      tables = List.copyOf(tables);
    }
  }

  /**
   * A finding's table with people's rulings in place of scores.
   *
   * @param overridden answers of the base or of the tuned arm
   * @param base share right; null where no item has a score or a ruling on both arms
   * @param sentence the same in words
   */
  public record Reviewed(
      String suite,
      String tuned,
      int overridden,
      int bothRight,
      int lost,
      int gained,
      int bothWrong,
      int notComparable,
      Double base,
      Double tunedScore,
      String sentence) {}

  /**
   * The file with every item's outcomes, which the report's digest covers through this.
   *
   * @param lines one per item and tuned arm
   * @param sha256 of the file
   */
  public record ItemsFile(String file, int lines, String sha256) {}

  public ReportData {
    tuned = List.copyOf(tuned);
    suites = List.copyOf(suites);
    capabilities = List.copyOf(capabilities);
    noiseFloor = List.copyOf(noiseFloor);
    plainText = List.copyOf(plainText);
    freeAnswers = freeAnswers == null ? List.of() : List.copyOf(freeAnswers);
    amplified = amplified == null ? List.of() : List.copyOf(amplified);
    causes = causes == null ? List.of() : List.copyOf(causes);
    trajectories = trajectories == null ? List.of() : List.copyOf(trajectories);
    limits = List.copyOf(limits);
  }
}
