package dev.palimpsest.suite.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * IFEval's own program (lm-eval 0.4.13) on short answers to all 25 instructions, alone and
 * together: ifeval-reference.jsonl, written by bench/ifeval_agreement.py golden.
 */
final class IfEvalReferenceTest {
  private static final Path CASES =
      Path.of("src/test/resources/dev/palimpsest/suite/importer/ifeval-reference.jsonl");

  @TempDir private Path folder;

  @Test
  void strict_and_loose_verdicts_are_those_of_the_reference() throws IOException {
    List<ObjectNode> cases = cases();
    Suite suite =
        new SuiteImport(ImportKind.IFEVAL, List.of(prompts(cases)), List.of(), "ifeval")
            .into(folder.resolve("ifeval"))
            .suite();

    SoftAssertions verdicts = new SoftAssertions();
    for (ObjectNode each : cases) {
      Evidence.Checks ours =
          (Evidence.Checks)
              suite
                  .item("ifeval-" + each.get("key"))
                  .orElseThrow()
                  .grade(new ModelAnswer.Text(each.get("text").textValue(), 0, true))
                  .evidence();
      verdicts.assertThat(ours.strict()).as("strict: " + each).isEqualTo(flag(each, "strict"));
      verdicts.assertThat(ours.lenient()).as("loose: " + each).isEqualTo(flag(each, "loose"));
    }
    verdicts.assertAll();
    assertThat(cases).hasSizeGreaterThan(100).anyMatch(each -> flag(each, "strict"));
  }

  private static boolean flag(ObjectNode each, String name) {
    return each.get(name).booleanValue();
  }

  private static List<ObjectNode> cases() throws IOException {
    List<ObjectNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(CASES)) {
      cases.add((ObjectNode) Json.mapper().readTree(line));
    }
    return cases;
  }

  private Path prompts(List<ObjectNode> cases) throws IOException {
    List<String> lines =
        cases.stream()
            .map(each -> each.deepCopy().without(List.of("text", "strict", "loose")).toString())
            .toList();
    return Files.write(folder.resolve("prompts.jsonl"), lines);
  }
}
