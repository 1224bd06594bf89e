package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.verdict.NoiseFloor;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.report.model.Recount;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;

/** Holds the figures of a report to what this program makes of the plan and the items. */
final class FigureCheck {
  /** What counts alone give; the rest of a finding is read off texts or said in words. */
  private static final List<String> FIELDS =
      List.of(
          "suite",
          "tuned",
          "n",
          "bothRight",
          "lost",
          "gained",
          "bothWrong",
          "notComparable",
          "base",
          "tunedScore",
          "delta",
          "ci90",
          "ci",
          "pMidMcNemar",
          "pHolm",
          "pNonInferiority",
          "margin",
          "smallestCertifiableMargin",
          "itemsNeeded",
          "tiers",
          "verdict");

  /**
   * What items alone say of a gate that was decided early: its interval and verdict rest on the
   * order in which items were asked and on the base's answers to items that the tuned checkpoint
   * was not asked.
   */
  private static final List<String> COUNTS =
      List.of(
          "suite",
          "tuned",
          "n",
          "bothRight",
          "lost",
          "gained",
          "bothWrong",
          "notComparable",
          "margin");

  /**
   * Figures are written with ten digits; the last one may differ between Java runtimes, and those
   * of a search (an interval's end) by what the search stops at.
   */
  private static final double TOLERANCE = 1e-8;

  private FigureCheck() {}

  static void require(JsonNode report, AuditPlan plan, ItemCount items) {
    items.requirePlanned(plan);
    Recount recount = Recount.of(plan, items::of, noise(report));
    JsonNode stated = report.path("capabilities");
    if (stated.size() != recount.capabilities().size()) {
      throw new IntegrityException(
          "The report has "
              + stated.size()
              + " findings, the plan and the items give "
              + recount.capabilities().size()
              + ".");
    }
    for (int i = 0; i < stated.size(); i++) {
      requireFinding(
          stated.get(i), recount.capabilities().get(i), plan.decidesEarly() ? COUNTS : FIELDS);
    }
    if (plan.decidesEarly() || plan.policy().isPresent()) {
      return; // Which conditions a policy adds is read off texts.
    }
    for (JsonNode tuned : report.path("tuned")) {
      String name = tuned.path("name").asText();
      requireSame(
          "verdict of " + name,
          tuned.path("verdict").asText(),
          String.valueOf(recount.verdicts().get(name)));
    }
    requireSame("verdict", report.path("verdict").asText(), recount.verdict().name());
  }

  /** The base's second run is not among the items; what the report says of it is taken as given. */
  private static List<NoiseFloor> noise(JsonNode report) {
    List<NoiseFloor> all = new ArrayList<>();
    for (JsonNode one : report.path("noiseFloor")) {
      all.add(
          new NoiseFloor(
              one.path("suite").asText(),
              "",
              one.path("n").asInt(),
              one.path("lost").asInt(),
              one.path("gained").asInt()));
    }
    return all;
  }

  private static void requireSame(String what, String stated, String counted) {
    if (!stated.equals(counted)) {
      throw new IntegrityException(
          "The report's " + what + " is " + stated + ", but the items give " + counted + ".");
    }
  }

  private static void requireFinding(
      JsonNode stated, ReportData.Capability counted, List<String> fields) {
    JsonNode expected = Json.mapper().valueToTree(counted);
    for (String field : fields) {
      if (!same(stated.path(field), expected.path(field))) {
        throw new IntegrityException(
            "The report says "
                + field
                + " "
                + stated.path(field)
                + " of "
                + counted.suite()
                + " on "
                + counted.tuned()
                + ", but its items give "
                + expected.path(field)
                + ".");
      }
    }
  }

  private static boolean same(JsonNode stated, JsonNode expected) {
    if (stated.isNumber() && expected.isNumber()) {
      double difference = Math.abs(stated.asDouble() - expected.asDouble());
      return difference <= TOLERANCE * Math.max(1, Math.abs(expected.asDouble()));
    }
    if (expected.isContainerNode()) {
      return stated.size() == expected.size() && sameParts(stated, expected);
    }
    return stated.equals(expected);
  }

  private static boolean sameParts(JsonNode stated, JsonNode expected) {
    if (expected.isArray()) {
      for (int i = 0; i < expected.size(); i++) {
        if (!same(stated.path(i), expected.get(i))) {
          return false;
        }
      }
      return true;
    }
    return expected.properties().stream()
        .allMatch(field -> same(stated.path(field.getKey()), field.getValue()));
  }
}
