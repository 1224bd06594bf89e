package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.storage.Database;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Whose work an audit is: who asked for it and who brought the checkpoints that it tests. It is
 * written with the frozen plan and stays when a checkpoint is removed.
 */
public final class AuditPeople {
  private static final String UPLOADERS =
      """
      insert into audit_person (audit_id, digest, user_id)
      select distinct :audit, digest, added_by from checkpoint
      where digest = :digest and added_by <> ''
      """;

  private final Database database;

  /** Reads from a database. */
  public AuditPeople(Database database) {
    this.database = database;
  }

  /**
   * The people of one audit, by the ids of users.
   *
   * @param requester empty where nobody was signed in
   * @param uploaders by the digest of the tuned checkpoint; those of which it is not known are left
   *     out
   */
  public record People(Optional<String> requester, Map<String, Set<String>> uploaders) {
    public People {
      uploaders = Map.copyOf(uploaders);
    }

    /** Returns who brought a checkpoint. */
    public Set<String> uploaders(String digest) {
      return uploaders.getOrDefault(digest, Set.of());
    }

    /** Tells whether it is kept who asked for the audit and who brought a checkpoint. */
    public boolean areKnown(String digest) {
      return requester.isPresent() && !uploaders(digest).isEmpty();
    }
  }

  static void insert(Handle handle, Audit audit, Requester requester) {
    if (!requester.userId().isEmpty()) {
      handle.execute(
          "insert into audit_person (audit_id, digest, user_id) values (?, '', ?)",
          audit.id(),
          requester.userId());
    }
    audit.plan().tuned().stream()
        .map(Arm::digest)
        .distinct()
        .forEach(
            digest ->
                handle
                    .createUpdate(UPLOADERS)
                    .bind("audit", audit.id())
                    .bind("digest", digest)
                    .execute());
  }

  /** Returns the people of an audit. */
  public People of(String auditId) {
    Map<String, Set<String>> byDigest =
        database.read(
            handle ->
                handle
                    .createQuery("select digest, user_id from audit_person where audit_id = :audit")
                    .bind("audit", auditId)
                    .map(
                        (row, context) ->
                            Map.entry(row.getString("digest"), row.getString("user_id")))
                    .stream()
                    .collect(
                        Collectors.groupingBy(
                            Map.Entry::getKey,
                            Collectors.mapping(Map.Entry::getValue, Collectors.toSet()))));
    Optional<String> requester = byDigest.getOrDefault("", Set.of()).stream().findFirst();
    byDigest.remove("");
    return new People(requester, byDigest);
  }
}
