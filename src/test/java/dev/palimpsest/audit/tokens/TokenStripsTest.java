package dev.palimpsest.audit.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.TinyAudit;
import dev.palimpsest.audit.tokens.TokenStrip.Line;
import dev.palimpsest.audit.tokens.TokenStrip.Token;
import dev.palimpsest.inference.DType;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.worker.WorkerLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real worker says how likely both models find each token. */
@Tag("slow")
final class TokenStripsTest {
  private static final String SUITE =
      """
      {"format":"palimpsest-suite/1","id":"tiny","version":"1.0.0","title":"Tiny","capability":"tiny",
       "description":"One question.","language":"en","license":"Apache-2.0","source":"a test",
       "metric":"accuracy","defaultMargin":0.05}
      """;
  private static final String ITEM =
      "{\"id\":\"one\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"things\",\"question\":\"What"
          + " is the capital of France?\",\"choices\":[\"Paris\",\"Lyon is a city\",\"Zürich\"],"
          + "\"answer\":0}\n";

  @TempDir private Path folder;

  @Test
  void theTokensOfEveryChoiceSumToWhatTheAuditFound() throws Exception {
    SuiteLibrary library = library();
    try (Database database = Database.inMemory();
        AuditService audits = AuditService.open(database, library, WorkerLoader.standard());
        TokenStrips strips = new TokenStrips(database, WorkerLoader.standard())) {
      Audit audit = audits.start(plan(library));
      TinyAudit.awaitEnd(audits, audit.id());
      String tuned = audit.plan().tuned().get(0).name();
      PairedOutcome pair = audits.pairs(audit.id(), "tiny", tuned).get(0);

      TokenStrip strip = strip(strips, audit, library.suite("tiny"), pair);

      assertThat(strip.note()).isEmpty();
      assertThat(strip.lines())
          .extracting(Line::answer)
          .containsExactly("Paris", "Lyon is a city", "Zürich");
      assertThat(strip.lines()).allMatch(Line::isAligned);
      assertTokensAreThoseOf(pair.base(), strip, Line::base);
      assertTokensAreThoseOf(pair.tuned(), strip, Line::tuned);
    }
  }

  private static TokenStrip strip(TokenStrips strips, Audit audit, Suite suite, PairedOutcome pair)
      throws InterruptedException {
    assertThat(strips.state(audit, pair).strip()).isEmpty();
    strips.request(audit, suite.item("one").orElseThrow(), suite.answerPrefix(), pair);
    while (strips.state(audit, pair).computing()) {
      Thread.sleep(20);
    }
    assertThat(strips.state(audit, pair).problem()).isEmpty();
    return strips.state(audit, pair).strip().orElseThrow();
  }

  private static void assertTokensAreThoseOf(
      Outcome outcome, TokenStrip strip, Function<Line, List<Token>> side) {
    List<Double> found = ((Evidence.Choice) outcome.evidence()).logProbs();
    assertThat(found).hasSize(3);
    for (int i = 0; i < found.size(); i++) {
      Line line = strip.lines().get(i);
      List<Token> tokens = side.apply(line);
      // Another batch may round otherwise in the last digits of a float32.
      assertThat(tokens.stream().mapToDouble(Token::logProb).sum())
          .isEqualTo(found.get(i), within(1e-3));
      assertThat(String.join("", tokens.stream().map(Token::text).toList()).strip())
          .isEqualTo(line.answer());
    }
  }

  private AuditPlan plan(SuiteLibrary library) {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "strip",
                Candidate.of(TinyAudit.BASE),
                List.of(Candidate.of(TinyAudit.ADAPTER)),
                List.of("tiny"),
                Depth.STANDARD,
                Policy.standard(),
                DType.FLOAT32,
                1),
            step -> {});
  }

  private SuiteLibrary library() throws IOException {
    Path suite = Files.createDirectories(folder.resolve("tiny"));
    Files.writeString(suite.resolve("suite.json"), SUITE);
    Files.writeString(suite.resolve("items.jsonl"), ITEM);
    return SuiteLibrary.of(folder);
  }
}
