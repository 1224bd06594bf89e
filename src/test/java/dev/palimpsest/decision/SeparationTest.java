package dev.palimpsest.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.SignOff.Independence;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.account.Users;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedPolicy;
import dev.palimpsest.audit.plan.PolicyFile;
import dev.palimpsest.audit.run.AuditPeople;
import dev.palimpsest.report.model.SampleAudit;
import dev.palimpsest.storage.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody decides on their own work, unless nobody else could. */
final class SeparationTest {
  private static final String DIGEST = "ab".repeat(32);

  private final Database database = Database.inMemory();
  private final Users users = Accounts.of(database, Path.of("nowhere"), Clock.systemUTC()).users();
  private final Separation separation = new Separation(users, new AuditPeople(database));
  private final Audit audit = audit("");
  private User ada;

  @BeforeEach
  void anAudit() {
    ada = user("ada", UserRole.ADMINISTRATOR);
    database.write(
        handle ->
            handle.execute(
                "insert into audit (id, plan, plan_digest, frozen_at) values (?, '{}', 'd',"
                    + " current_timestamp)",
                audit.id()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private User user(String name, UserRole role) {
    return users.add(new NewUser(name, "The " + name, role), "three plain words");
  }

  private void work(String digest, User user) {
    database.write(
        handle ->
            handle.execute(
                "insert into audit_person (audit_id, digest, user_id) values (?, ?, ?)",
                audit.id(),
                digest,
                user.id()));
  }

  /** Returns an audit whose policy has more lines. */
  private static Audit audit(String lines) {
    Audit sample = SampleAudit.small().audit();
    AuditPlan plan = sample.plan();
    PlannedPolicy policy =
        PlannedPolicy.of(PolicyFile.parse("policy", "version: 2\nname: ours\n" + lines));
    return new Audit(
        sample.id(),
        new AuditPlan(
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
            plan.thinkingTokens(),
            plan.choice(),
            plan.budgetMinutes(),
            Optional.of(policy)),
        sample.planDigest(),
        Instant.now(),
        Optional.empty());
  }

  @Test
  void whoAskedForTheAuditOrBroughtTheCheckpointLeavesItToOthers() {
    User ben = user("ben", UserRole.APPROVER);
    User cai = user("cai", UserRole.APPROVER);
    work("", ben);
    work(DIGEST, ada);
    assertThat(separation.of(ben, audit, DIGEST).obstacle())
        .contains("You asked for this audit: somebody else has to decide on it.");
    assertThat(separation.of(ada, audit, DIGEST).obstacle())
        .contains("You brought this checkpoint: somebody else has to decide on it.");
    assertThat(separation.of(ada, audit, "cd".repeat(32)).obstacle()).isEmpty();
    assertThat(separation.of(cai, audit, DIGEST).obstacle()).isEmpty();
    assertThat(separation.of(cai, audit, DIGEST).independence())
        .isEqualTo(Independence.INDEPENDENT);
  }

  @Test
  void whoWaivedAConditionLeavesItToOthersUnderWhicheverName() {
    user("ben", UserRole.APPROVER);
    for (String who : new String[] {"ADA", "the Ada"}) {
      Audit waived =
          audit(
              "waivers: [{what: missing, who: " + who + ", reason: known, expires: 2027-01-31}]\n");
      assertThat(separation.of(ada, waived, DIGEST).obstacle())
          .contains("You waived a condition of its policy: somebody else has to decide on it.");
    }
  }

  @Test
  void whoIsAloneApprovesTheirOwnWorkAndItSaysSo() {
    user("eve", UserRole.AUDITOR);
    User gone = user("gone", UserRole.APPROVER);
    users.disable(gone.id());
    users.add(new NewUser("invited", "", UserRole.APPROVER));
    work("", ada);
    Separation.Relation relation = separation.of(ada, audit, DIGEST);
    assertThat(relation.obstacle()).isEmpty();
    assertThat(relation.independence()).isEqualTo(Independence.SELF_APPROVED);
    user("ben", UserRole.APPROVER);
    assertThat(separation.of(ada, audit, DIGEST).obstacle()).isPresent();
  }

  @Test
  void whereItIsNotKeptWhoseWorkItIsNobodyIsCalledIndependent() {
    User ben = user("ben", UserRole.APPROVER);
    assertThat(separation.of(ben, audit, DIGEST).independence())
        .isEqualTo(Independence.NOT_RECORDED);
    work("", ada);
    assertThat(separation.of(ben, audit, DIGEST).independence())
        .isEqualTo(Independence.NOT_RECORDED);
    work(DIGEST, ada);
    assertThat(separation.of(ben, audit, DIGEST).independence())
        .isEqualTo(Independence.INDEPENDENT);
  }
}
