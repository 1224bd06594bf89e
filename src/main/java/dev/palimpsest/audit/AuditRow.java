package dev.palimpsest.audit;

import org.jdbi.v3.core.Handle;

/**
 * An audit's row, which is locked by whoever changes what is known of the audit: so nothing is
 * added to one that is being removed, and nothing is changed beneath a report that is being signed.
 */
public final class AuditRow {
  private AuditRow() {}

  /** Locks the row until the transaction ends; tells whether there is one. */
  public static boolean lock(Handle handle, String auditId) {
    return handle
        .createQuery("select id from audit where id = :audit for update")
        .bind("audit", auditId)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  /** Tells whether anything was decided on the audit's report. */
  public static boolean isSigned(Handle handle, String auditId) {
    return handle
            .createQuery("select count(*) from sign_off where audit_id = :audit")
            .bind("audit", auditId)
            .mapTo(Long.class)
            .one()
        > 0;
  }
}
