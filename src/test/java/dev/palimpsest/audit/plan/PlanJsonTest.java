package dev.palimpsest.audit.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.inference.DType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PlanJsonTest {
  private static final Arm BASE = arm("base", Arm.Role.BASE, "/models/base", "aa");
  private static final Arm TUNED = arm("tuned", Arm.Role.TUNED, "/models/tuned", "bb");
  private static final PlannedSuite SUITE =
      new PlannedSuite(
          "knowledge",
          "1.0.0",
          "cc",
          "knowledge",
          "accuracy",
          List.of("k-2", "k-1"),
          0.05,
          0.25,
          Map.of("k-1", "easy", "k-2", "hard"));

  @Test
  void aPlanComesBackAsItWasWritten() {
    assertThat(PlanJson.read(PlanJson.write(plan()))).isEqualTo(plan());
  }

  @Test
  void theCanonicalFormIsSortedAndKnowsNoLocations() {
    assertThat(PlanJson.canonical(plan()))
        .isEqualTo(
            "{\"alpha\":0.05,\"base\":{\"baseDigest\":\"aa\",\"digest\":\"aa\",\"name\":\"base\","
                + "\"notes\":[],\"role\":\"BASE\"},\"depth\":\"quick\",\"dtype\":\"float32\","
                + "\"name\":\"a title\",\"seed\":\"7\",\"suites\":[{\"capability\":\"knowledge\","
                + "\"chance\":0.25,\"digest\":\"cc\",\"itemIds\":[\"k-2\",\"k-1\"],\"margin\":0.05,"
                + "\"metric\":\"accuracy\",\"suite\":\"knowledge\",\"tiers\":{\"k-1\":\"easy\","
                + "\"k-2\":\"hard\"},\"version\":\"1.0.0\"}],\"template\":\"OWN\",\"tuned\":[{"
                + "\"baseDigest\":\"bb\",\"digest\":\"bb\",\"name\":\"tuned\",\"notes\":[],"
                + "\"role\":\"TUNED\"}]}");
  }

  /** The value is sha256sum's of the canonical form above. */
  @Test
  void theDigestIsTheHashOfTheCanonicalForm() {
    assertThat(PlanJson.digest(plan()))
        .isEqualTo("cffbd204a68895021a04ffcdf19699ac1022010ca308ffa9db4b6773c92b591a");
  }

  @Test
  void movingTheFilesKeepsTheDigest() {
    Arm moved = arm("base", Arm.Role.BASE, "/elsewhere", "aa");
    assertThat(
            PlanJson.digest(with("a title", "quick", moved, TUNED, SUITE, DType.FLOAT32, .05, 7)))
        .isEqualTo(PlanJson.digest(plan()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void anyOtherChangeChangesTheDigest(String what, AuditPlan changed) {
    assertThat(PlanJson.digest(changed)).isNotEqualTo(PlanJson.digest(plan()));
  }

  static Stream<Arguments> changes() {
    Arm other = arm("base", Arm.Role.BASE, "/models/base", "ab");
    Arm renamed = arm("other", Arm.Role.TUNED, "/models/tuned", "bb");
    return Stream.of(
        Arguments.of("title", with("b", "quick", BASE, TUNED, SUITE, DType.FLOAT32, .05, 7)),
        Arguments.of(
            "depth", with("a title", "standard", BASE, TUNED, SUITE, DType.FLOAT32, .05, 7)),
        Arguments.of("base", with("a title", "quick", other, TUNED, SUITE, DType.FLOAT32, .05, 7)),
        Arguments.of(
            "tuned", with("a title", "quick", BASE, renamed, SUITE, DType.FLOAT32, .05, 7)),
        Arguments.of("dtype", with("a title", "quick", BASE, TUNED, SUITE, DType.BFLOAT16, .05, 7)),
        Arguments.of("alpha", with("a title", "quick", BASE, TUNED, SUITE, DType.FLOAT32, .01, 7)),
        Arguments.of("seed", with("a title", "quick", BASE, TUNED, SUITE, DType.FLOAT32, .05, 8)),
        Arguments.of("template", template(TemplateChoice.BASE)),
        Arguments.of("template arguments", asked(Map.of("enable_thinking", false))),
        Arguments.of("tokens of thinking", thinking(1024)),
        Arguments.of(
            "notes",
            with(
                "a title",
                "quick",
                BASE,
                TUNED.with(List.of("Odd.")),
                SUITE,
                DType.FLOAT32,
                .05,
                7)),
        Arguments.of("margin", suite("1.0.0", "cc", List.of("k-2", "k-1"), 0.06)),
        Arguments.of("order of items", suite("1.0.0", "cc", List.of("k-1", "k-2"), 0.05)),
        Arguments.of("items", suite("1.0.0", "cc", List.of("k-2"), 0.05)),
        Arguments.of("suite version", suite("1.0.1", "cc", List.of("k-2", "k-1"), 0.05)),
        Arguments.of("suite content", suite("1.0.0", "cd", List.of("k-2", "k-1"), 0.05)));
  }

  /** RFC 8785 writes numbers as doubles, in which these two seeds are one. */
  @Test
  void seedsThatDoublesCannotTellApartAreTold() {
    long seed = 1L << 60;
    assertThat(PlanJson.digest(with("t", "quick", BASE, TUNED, SUITE, DType.FLOAT32, .05, seed)))
        .isNotEqualTo(
            PlanJson.digest(with("t", "quick", BASE, TUNED, SUITE, DType.FLOAT32, .05, seed + 1)));
  }

  private static AuditPlan suite(String version, String digest, List<String> items, double margin) {
    PlannedSuite changed =
        new PlannedSuite(
            SUITE.suite(),
            version,
            digest,
            SUITE.capability(),
            SUITE.metric(),
            items,
            margin,
            SUITE.chance(),
            SUITE.tiers());
    return with("a title", "quick", BASE, TUNED, changed, DType.FLOAT32, .05, 7);
  }

  private static AuditPlan template(TemplateChoice choice) {
    return new AuditPlan(
        "a title",
        "quick",
        BASE,
        List.of(TUNED),
        List.of(SUITE),
        DType.FLOAT32,
        .05,
        7,
        choice,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void templateArgumentsComeBackAsTheyWereWritten() {
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("enable_thinking", false);
    arguments.put("effort", null);
    arguments.put("tools", List.of(Map.of("name", "weather", "limit", 0.5)));
    assertThat(PlanJson.read(PlanJson.write(asked(arguments)))).isEqualTo(asked(arguments));
    assertThat(PlanJson.read(PlanJson.write(thinking(0)))).isEqualTo(thinking(0));
  }

  private static AuditPlan asked(Map<String, Object> arguments) {
    return with("a title", "quick", BASE, TUNED.asked(arguments), SUITE, DType.FLOAT32, .05, 7);
  }

  private static AuditPlan thinking(int tokens) {
    AuditPlan plan = plan();
    return new AuditPlan(
        plan.name(),
        plan.depth(),
        plan.base(),
        plan.tuned(),
        plan.suites(),
        plan.dtype(),
        plan.alpha(),
        plan.seed(),
        plan.template(),
        plan.variants(),
        Optional.of(tokens),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static AuditPlan plan() {
    return with("a title", "quick", BASE, TUNED, SUITE, DType.FLOAT32, .05, 7);
  }

  private static AuditPlan with(
      String name,
      String depth,
      Arm base,
      Arm tuned,
      PlannedSuite suite,
      DType dtype,
      double alpha,
      long seed) {
    return new AuditPlan(name, depth, base, List.of(tuned), List.of(suite), dtype, alpha, seed);
  }

  private static Arm arm(String name, Arm.Role role, String path, String digest) {
    return new Arm(name, role, Path.of(path), Optional.empty(), digest, digest);
  }
}
