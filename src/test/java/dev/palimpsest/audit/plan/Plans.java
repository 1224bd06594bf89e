package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.inference.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans to store; nothing in them exists. */
public final class Plans {
  private Plans() {}

  public static AuditPlan small() {
    Arm base =
        new Arm("base", Arm.Role.BASE, Path.of("/models/base"), Optional.empty(), "aa", "aa");
    Arm tuned =
        new Arm(
            "tuned",
            Arm.Role.TUNED,
            Path.of("/models/base"),
            Optional.of(Path.of("/a")),
            "bb",
            "aa");
    PlannedSuite suite =
        new PlannedSuite(
            "knowledge",
            "1.0.0",
            "cc",
            "knowledge",
            "accuracy",
            List.of("k-1"),
            0.05,
            0.25,
            Map.of());
    return new AuditPlan(
        "small", "quick", base, List.of(tuned), List.of(suite), DType.FLOAT32, 0.05, 0);
  }
}
