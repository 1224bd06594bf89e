package dev.palimpsest.web;

import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Says when a page that was made once may be sent again: as long as nothing that people did has
 * changed what it shows, and, where an audit is at work, for a moment.
 */
final class Stamps {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration FEW_SECONDS = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofHours(1);

  private final Ledger ledger;
  private final Audits audits;
  private final Clock clock;

  Stamps(Ledger ledger, Audits audits, Clock clock) {
    this.ledger = ledger;
    this.audits = audits;
    this.clock = clock;
  }

  /**
   * The state of what a page shows.
   *
   * @param of equal for pages that nothing but an audit's own progress tells apart
   * @param fresh how long such a page is as good as a new one
   */
  record Stamp(String of, Duration fresh) {}

  /** Returns the stamp of lists of audits: what people did is in the ledger. */
  Stamp ofLists() {
    return new Stamp(ledger.head().seq() + " " + today(), MOMENT);
  }

  /** Returns the stamp of pages about one audit's report. */
  Stamp of(String auditId) {
    AuditState state = audits.status(auditId).state();
    return new Stamp(
        state + " " + audits.reviewCount(auditId) + " " + ledger.head().seq() + " " + today(),
        state == AuditState.FINISHED ? LONG : FEW_SECONDS);
  }

  /** Decisions end with a day. */
  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
