package dev.palimpsest.audit.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.TinyAudit;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.DType;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge over the stored answers of an audit that the tiny model has run. */
@Tag("slow")
final class JudgingTest {
  private static final int QUESTIONS = 5;

  @TempDir Path folder;

  private Database database;
  private AuditService audits;
  private SuiteLibrary library;
  private Judging judging;
  private Audit audit;

  @BeforeEach
  void runAudit() throws InterruptedException {
    database = Database.inMemory();
    TinySuites suites = new TinySuites(folder.resolve("suites"));
    suites.library(3);
    library = suites.withOpenQuestions(QUESTIONS);
    judging = new Judging(database, library);
    audits = AuditService.open(database, library, LocalRunner::open);
    String id = audits.start(TinyAudit.plan(library, "judged", 1, TinyAudit.ADAPTER)).id();
    TinyAudit.awaitEnd(audits, id);
    audit = audits.find(id).orElseThrow();
  }

  @AfterEach
  void close() {
    audits.close();
    database.close();
  }

  private JudgedAudit judge(Judge judge) {
    return judging.judge(
        audit, (suite, arm) -> audits.items(audit.id(), suite, arm), judge, line -> {});
  }

  @Test
  void everyAnswerOfEveryArmGetsBothGrades() {
    JudgedAudit judged = judge(WordJudge.wellRead());

    assertThat(judged.agreement().isUsable()).isTrue();
    assertThat(judged.grades()).hasSize(2 * 2 * QUESTIONS);
    assertThat(judged.of("open", "open-0-s1", audit.plan().base().name())).isPresent();
    assertThat(audits.judged(audit.id())).contains(judged);
  }

  @Test
  void theJudgeIsShownQuestionAndAnswerOnceAndNothingElse() {
    WordJudge judge = WordJudge.wellRead();

    judge(judge);

    List<Answered> ofAudit =
        judge.seen.stream()
            .filter(one -> one.question().startsWith("What do you do with"))
            .toList();
    assertThat(ofAudit).allSatisfy(one -> assertThat(one.question()).endsWith("?"));
    assertThat(ofAudit.stream().distinct().count() * Aspect.values().length)
        .isEqualTo(ofAudit.size());
  }

  @Test
  void whatAJudgeHasReadIsNotReadAgainAndAnotherJudgeReadsAll() {
    judge(WordJudge.wellRead());
    WordJudge again = WordJudge.wellRead();
    WordJudge other = new WordJudge("f".repeat(64), answered -> 85);

    judge(again);
    JudgedAudit judged = judge(other);

    assertThat(again.seen).isEmpty();
    assertThat(other.seen).isNotEmpty();
    assertThat(judged.identity().digest()).isEqualTo("f".repeat(64));
    assertThat(judged.agreement().isUsable()).isFalse();
  }

  @Test
  void theRunStaysAsItWasAndTheReportOfBeforeGoes() {
    var before = audits.pairs(audit.id(), "open", "plain");
    database.write(
        handle ->
            handle.execute(
                "insert into report (audit_id, shape, verdict, digest, body, stored_at)"
                    + " values (?, 's', 'PASS', 'd', '{}', current_timestamp)",
                audit.id()));

    judge(WordJudge.wellRead());

    assertThat(audits.pairs(audit.id(), "open", "plain")).isEqualTo(before);
    int reports =
        database.read(
            handle -> handle.createQuery("select count(*) from report").mapTo(Integer.class).one());
    assertThat(reports).isZero();
  }

  @Test
  void aSignedReportIsNotJudgedAnyMore() {
    new SignOffs(database)
        .add(new SignOff(audit.id(), "d", SignOff.Decision.APPROVED, "Ada", "fine", Instant.now()));

    assertThatThrownBy(() -> judge(WordJudge.wellRead()))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("signed");
  }

  @Test
  void whatAJudgeSaidOfAnAuditGoesWithIt() {
    judge(WordJudge.wellRead());

    audits.remove(audit.id());

    assertThat(new JudgeStore(database).of(audit.id())).isEmpty();
  }

  @Test
  void aCheckpointGradesByTheProbabilitiesOfAllNumbersAndIsPinnedByItsFiles() {
    try (LocalJudge one =
            LocalJudge.of(TinyAudit.BASE, DType.FLOAT32, LocalRunner::open, line -> {});
        LocalJudge other =
            LocalJudge.of(TinyAudit.BASE, DType.BFLOAT16, LocalRunner::open, line -> {})) {
      List<Optional<Grade>> grades =
          one.grade(Aspect.ALIGNMENT, List.of(new Answered("What now?", "Do nothing.")));

      // The tiny model was never trained, so that a number is an unlikely reply.
      assertThat(grades).hasSize(1);
      assertThat(one.identity().verified()).isTrue();
      assertThat(one.identity().digest()).hasSize(64).isNotEqualTo(other.identity().digest());
    }
  }
}
