package dev.palimpsest.audit.comparison;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.inference.DType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An audit of which every score is laid down as a row of letters: {@code +} right, {@code -} wrong,
 * {@code .} without a score, from the item of number {@code first} on.
 */
final class Scored {
  private String depth = "quick";
  private final String id;
  private final List<PlannedSuite> suites = new ArrayList<>();
  private final List<Arm> tuned = new ArrayList<>();
  private final Map<String, Map<String, Boolean>> scores = new HashMap<>();
  private Arm base;
  private DType dtype = DType.FLOAT32;
  private Map<String, String> clusters = Map.of();

  Scored(String id) {
    this.id = id;
  }

  Scored base(String name, String digest) {
    base = arm(name, Arm.Role.BASE, digest);
    return this;
  }

  Scored tuned(String name, String digest) {
    tuned.add(arm(name, Arm.Role.TUNED, digest));
    return this;
  }

  Scored in(DType type) {
    dtype = type;
    return this;
  }

  /** Puts the items of the suites that follow into clusters. */
  Scored clusters(Map<String, String> byItem) {
    clusters = byItem;
    return this;
  }

  Scored suite(String suite, String version, int first, int items) {
    suites.add(
        new PlannedSuite(
            suite,
            version,
            suite + version,
            suite,
            "accuracy",
            IntStream.range(first, first + items).mapToObj(i -> suite + "-" + i).toList(),
            0.05,
            0,
            Map.of(),
            Map.of(),
            clusters,
            Map.of(),
            false));
    return this;
  }

  Scored depth(String other) {
    depth = other;
    return this;
  }

  Scored scores(String suite, String arm, int first, String row) {
    Map<String, Boolean> found = new HashMap<>();
    for (int i = 0; i < row.length(); i++) {
      if (row.charAt(i) != '.') {
        found.put(suite + "-" + (first + i), row.charAt(i) == '+');
      }
    }
    scores.put(suite + "/" + arm, found);
    return this;
  }

  Side side(String arm) {
    return side(arm, "");
  }

  Side side(String arm, String against) {
    return new ArmAddress(id, arm, against).in(audit(), any -> Map.of("engine", "PyTorch 2.7.1"));
  }

  Audit audit() {
    AuditPlan plan = new AuditPlan("Audit " + id, depth, base, tuned, suites, dtype, 0.05, 1);
    return new Audit(id, plan, "d", Instant.EPOCH, Optional.of(Instant.EPOCH));
  }

  static Comparison.Scores of(Scored... audits) {
    return (id, suite, arm) ->
        List.of(audits).stream()
            .filter(one -> one.id.equals(id))
            .findFirst()
            .map(one -> one.scores.getOrDefault(suite + "/" + arm, Map.of()))
            .orElseThrow();
  }

  private static Arm arm(String name, Arm.Role role, String digest) {
    return new Arm(name, role, Path.of("/models", name), Optional.empty(), digest, digest);
  }
}
