package dev.palimpsest.audit.run;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.storage.Database;
import java.util.Map;
import java.util.Optional;

/** The audits of a database, to be read by who runs none. */
public final class StoredAudits {
  private static final int TALLIES_KEPT = 2;

  private final AuditStore store;
  private final Recent<String, Tally> tallies = new Recent<>(TALLIES_KEPT);

  /** Reads from a database, which stays the caller's to close. */
  public StoredAudits(Database database) {
    this.store = new AuditStore(database);
  }

  /** Returns one audit. */
  public Optional<Audit> find(String auditId) {
    return store.audit(auditId);
  }

  /** Returns named facts about how an audit ran. */
  public Map<String, String> facts(String auditId) {
    return store.facts(auditId);
  }

  /** Returns which items of a suite an arm has right; without those not scored, or no audit. */
  public Map<String, Boolean> scores(String auditId, String suite, String arm) {
    return find(auditId)
        .map(audit -> tallies.computeIfAbsent(auditId, id -> tally(audit)))
        .map(tally -> tally.scores(suite, arm))
        .orElse(Map.of());
  }

  private Tally tally(Audit audit) {
    Tally tally = new Tally(audit.plan());
    tally.refresh(id -> store.entriesAfter(audit.id(), id));
    return tally;
  }
}
