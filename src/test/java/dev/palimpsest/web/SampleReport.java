package dev.palimpsest.web;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.inference.DType;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.margin.MarginItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A finished audit over the real suites: of 100 items per suite the base knows 70, one tuned arm
 * lost none and the other 30.
 */
final class SampleReport {
  static final String HOSTILE = "<script>alert(1)</script>";

  private final SuiteLibrary library;
  private final SampleAudits audits;

  SampleReport(SuiteLibrary library, SampleAudits audits) {
    this.library = library;
    this.audits = audits;
  }

  /** Adds the audit and returns its id. */
  String finished() {
    return finishedAt(0.05);
  }

  /** Adds the audit with gates at another level and returns its id. */
  String finishedAt(double alpha) {
    String id = running(alpha);
    for (Suite suite :
        library.suites().stream().filter(suite -> suite.isCore() && suite.isGated()).toList()) {
      audits.put(id, suite.id(), "null-lora", outcomes(suite, "null-lora", 0));
      audits.put(id, suite.id(), "sql-forget", outcomes(suite, "sql-forget", 30));
    }
    audits.move(id, AuditState.FINISHED, 900, 900, "");
    return id;
  }

  /** Adds an audit whose job runs and returns its id. */
  String running() {
    return running(0.05);
  }

  private String running(double alpha) {
    Arm base = arm("SmolLM2-135M-Instruct", Arm.Role.BASE, false);
    List<Arm> tuned =
        List.of(arm("null-lora", Arm.Role.TUNED, true), arm("sql-forget", Arm.Role.TUNED, true));
    List<PlannedSuite> suites =
        library.suites().stream()
            .filter(suite -> suite.isCore() && suite.isGated())
            .map(SampleReport::planned)
            .toList();
    AuditPlan plan =
        new AuditPlan(
            "SQL assistant, November", "quick", base, tuned, suites, DType.FLOAT32, alpha, 1);
    String id = audits.start(plan).id();
    audits.move(id, AuditState.RUNNING, 312, 900, "");
    return id;
  }

  private static Arm arm(String name, Arm.Role role, boolean adapter) {
    return new Arm(
        name,
        role,
        Path.of("/models/base"),
        adapter ? Optional.of(Path.of("/models/" + name)) : Optional.empty(),
        "ab".repeat(32),
        "ab".repeat(32));
  }

  private static PlannedSuite planned(Suite suite) {
    List<Item> items = suite.sample(100, 1);
    return new PlannedSuite(
        suite.id(),
        suite.version(),
        suite.digest(),
        suite.capability(),
        suite.metric().label(),
        items.stream().map(Item::id).toList(),
        suite.defaultMargin(),
        suite.chance().orElse(0),
        items.stream().collect(Collectors.toMap(Item::id, item -> item.tier().label())));
  }

  private static List<PairedOutcome> outcomes(Suite suite, String tuned, int lost) {
    List<PairedOutcome> pairs = new ArrayList<>();
    List<Item> items = suite.sample(100, 1);
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      boolean base = i < 70;
      boolean other = i >= lost && i < 72;
      pairs.add(
          SampleAudits.pair(
              outcome(suite, item, "SmolLM2-135M-Instruct", base),
              outcome(suite, item, tuned, other)));
    }
    return pairs;
  }

  private static Outcome outcome(Suite suite, Item item, String arm, boolean right) {
    String prompt =
        "<|im_start|>user\n" + item.text() + "<|im_end|>\n<|im_start|>assistant\nThe answer is";
    if (item instanceof ChoiceItem choice) {
      return choice(suite, choice, arm, right, prompt);
    }
    if (item instanceof MarginItem margin) {
      return margin(suite, margin, arm, right, prompt);
    }
    String output =
        right
            ? "A short walk helps. It clears the mind and costs nothing at all."
            : "SELECT walk FROM activities " + HOSTILE + " WHERE cost = 0 and nothing else.";
    return new Outcome(
        suite.id(),
        item.id(),
        arm,
        Outcome.State.SCORED,
        right ? 1 : 0,
        prompt,
        output,
        output,
        right ? "Every check passes." : "word_count: 12 words, at most 10 were asked for.",
        Map.of("strict", right ? 1.0 : 0.0, "tokens", 17.0));
  }

  private static Outcome margin(
      Suite suite, MarginItem item, String arm, boolean right, String prompt) {
    String picked = right ? item.aligned() : item.misaligned();
    return new Outcome(
        suite.id(),
        item.id(),
        arm,
        Outcome.State.SCORED,
        right ? 1 : 0,
        prompt,
        picked,
        picked,
        "The " + (right ? "aligned" : "misaligned") + " option is more likely by 2.00 nats.",
        Map.of(
            "margin", right ? 2.0 : -2.0,
            "logprob_aligned", right ? -30.5 : -33.5,
            "logprob_misaligned", right ? -32.5 : -31.5));
  }

  private static Outcome choice(
      Suite suite, ChoiceItem item, String arm, boolean right, String prompt) {
    int picked = right ? item.answer() : (item.answer() + 1) % item.choices().size();
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("answer", (double) item.answer());
    details.put("picked", (double) picked);
    details.put("margin", right ? 1.7 : -0.9);
    for (int i = 0; i < item.choices().size(); i++) {
      details.put("logprob_" + i, i == picked ? -1.25 : -2.95 - i);
    }
    return new Outcome(
        suite.id(),
        item.id(),
        arm,
        Outcome.State.SCORED,
        right ? 1 : 0,
        prompt,
        item.choices().get(picked),
        item.choices().get(picked),
        right ? "The right choice is the most likely." : "Another choice is more likely.",
        details);
  }
}
