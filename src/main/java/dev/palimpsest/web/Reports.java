package dev.palimpsest.web;

import dev.palimpsest.audit.Audit;
import dev.palimpsest.audit.AuditState;
import dev.palimpsest.audit.Audits;
import dev.palimpsest.audit.ReleaseVerdict;
import dev.palimpsest.report.Report;
import dev.palimpsest.web.failure.WebException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reports of audits; those of finished audits do not change and are kept for the next request. */
final class Reports {
  private static final int KEPT = 6;

  /**
   * What lists show of a report.
   *
   * @param digest of the report, "" while the audit is not finished
   */
  record Summary(ReleaseVerdict verdict, String digest) {}

  private final Audits audits;
  private final Map<String, Summary> summaries = new ConcurrentHashMap<>();
  private final Map<String, Report> recent =
      Collections.synchronizedMap(
          new LinkedHashMap<>(KEPT, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Report> eldest) {
              return size() > KEPT;
            }
          });

  Reports(Audits audits) {
    this.audits = audits;
  }

  /** Returns an audit, or fails with a page that says there is none. */
  Audit audit(String id) {
    return audits.find(id).orElseThrow(() -> WebException.notFound("There is no such audit."));
  }

  /** Tells whether everything ran. */
  boolean isFinished(String auditId) {
    return audits.status(auditId).state() == AuditState.FINISHED;
  }

  /** Returns the report of an audit as far as it ran. */
  Report of(String auditId) {
    audit(auditId);
    Report known = recent.get(auditId);
    if (known != null) {
      return known;
    }
    boolean finished = isFinished(auditId);
    Report report = Report.build(audits, auditId);
    if (finished) {
      recent.put(auditId, report);
      summaries.put(auditId, new Summary(report.data().verdict(), report.digest()));
    }
    return report;
  }

  /** Returns what a list shows of an audit's report. */
  Summary summary(String auditId) {
    if (!isFinished(auditId)) {
      return new Summary(ReleaseVerdict.INCOMPLETE, "");
    }
    Summary known = summaries.get(auditId);
    if (known != null) {
      return known;
    }
    Report report = of(auditId);
    return new Summary(report.data().verdict(), report.digest());
  }
}
