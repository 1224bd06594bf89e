package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.ArmArgument;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.TemplateChoice;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.DType;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits of a tiny model whose template opens its thinking unless it is told not to. */
@Tag("slow")
final class ThinkingAuditTest {
  private static final String TEMPLATE =
      "Q: {{ messages[-1].content }}\nA:{% if enable_thinking is not defined or enable_thinking %}"
          + "<think>\n{% else %} {% endif %}";

  @TempDir private Path folder;

  private final Database database = Database.inMemory();
  private SuiteLibrary library;
  private AuditService audits;

  @BeforeEach
  void open() {
    library = new TinySuites(folder.resolve("suites")).library(6);
    audits = AuditService.open(database, library, LocalRunner::open);
  }

  @AfterEach
  void close() {
    audits.close();
    database.close();
  }

  @Test
  void anAnswerThatIsCutOffInsideItsThinkingIsNotCompared() throws Exception {
    AuditPlan plan = plan(List.of("base:enable_thinking=false"), Optional.of(9));
    Audit audit = audits.start(plan);
    assertThat(TinyAudit.awaitEnd(audits, audit.id()).message()).isEmpty();
    List<PairedOutcome> deeds = audits.pairs(audit.id(), "deeds", "plain");
    assertThat(deeds)
        .hasSize(6)
        .allMatch(pair -> pair.change() == PairedOutcome.Change.NOT_COMPARABLE)
        .allMatch(pair -> pair.base().state() == Outcome.State.SCORED)
        .allMatch(pair -> pair.tuned().state() == Outcome.State.TRUNCATED)
        .allMatch(pair -> pair.tuned().output().isEmpty());
    assertThat(deeds.get(0).tuned().explanation())
        .startsWith(
            "The model was cut off while it was thinking, after 9 tokens, so there is no answer to"
                + " compare; give it more with --thinking-tokens. Before its answer it thought");
    assertThat(audits.result(audit.id()).provenance())
        .containsEntry("template arguments of thinker", "enable_thinking=false")
        .containsEntry("tokens of thinking", "9")
        .doesNotContainKey("template arguments of plain");
  }

  @Test
  void aGivenAnswerIsScoredAfterThinkingAndNotInside() throws Exception {
    Audit audit = audits.start(plan(List.of(), Optional.of(0)));
    TinyAudit.awaitEnd(audits, audit.id());
    assertThat(audits.pairs(audit.id(), "facts", "plain"))
        .hasSize(6)
        .allMatch(pair -> pair.base().state() == Outcome.State.SCORED)
        .allMatch(pair -> pair.base().prompt().contains("A:<think>\n\n</think>\n\n"));
  }

  private AuditPlan plan(List<String> arguments, Optional<Integer> thinkingTokens)
      throws IOException {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "thinking",
                Candidate.of(thinker()),
                List.of(Candidate.of(TinyAudit.ADAPTER)),
                List.of(),
                Depth.STANDARD,
                Policy.standard(),
                DType.FLOAT32,
                1,
                TemplateChoice.OWN,
                arguments.stream().map(ArmArgument::parse).toList(),
                thinkingTokens,
                Optional.empty(),
                Optional.empty(),
                Map.of()),
            step -> {});
  }

  private Path thinker() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("thinker"));
    try (Stream<Path> files = Files.list(TinyAudit.BASE)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Files.writeString(copy.resolve("chat_template.jinja"), TEMPLATE);
    return copy;
  }
}
