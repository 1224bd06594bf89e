package dev.palimpsest.backup;

import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a backup holds: its member {@code backup.json}.
 *
 * @param format {@link #FORMAT}
 * @param madeAt when
 * @param dataDir the data folder that it was made of
 * @param server the database server that has the rows, if one has
 * @param keys whether the key that signs is in it
 * @param ledger the end of the ledger, if the rows are in it
 * @param checkpoints of the installation, if the rows are in it
 * @param files every other member
 */
public record Contents(
    String format,
    Instant madeAt,
    String dataDir,
    Optional<String> server,
    boolean keys,
    Optional<Ledger.Head> ledger,
    List<Kept> checkpoints,
    List<Member> files) {
  static final String FORMAT = "palimpsest-backup/1";
  static final String NAME = "backup.json";
  static final String ROWS = "palimpsest.mv.db";

  /** A file of a backup. */
  public record Member(String name, long bytes, String sha256) {}

  /**
   * A checkpoint of the installation.
   *
   * @param location where its files lie, or will
   * @param digest root digest of its files, if it is known
   * @param included whether its files are in the backup
   */
  public record Kept(
      String id,
      String name,
      String origin,
      String location,
      Optional<String> digest,
      boolean included) {}

  public Contents {
    Objects.requireNonNull(format, "format is null");
    Objects.requireNonNull(madeAt, "madeAt is null");
    Objects.requireNonNull(dataDir, "dataDir is null");
    server = Objects.requireNonNullElse(server, Optional.empty());
    ledger = Objects.requireNonNullElse(ledger, Optional.empty());
    checkpoints = List.copyOf(checkpoints);
    files = List.copyOf(files);
  }

  /** Returns the checkpoints of a database. */
  static List<Kept> checkpoints(Database database, boolean withFiles) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, name, origin, location, digest from checkpoint order by created_at,"
                        + " id")
                .map(
                    (row, context) ->
                        new Kept(
                            row.getString("id"),
                            StoredText.read(row.getString("name")),
                            row.getString("origin"),
                            StoredText.read(row.getString("location")),
                            Optional.ofNullable(row.getString("digest")),
                            withFiles && row.getString("origin").equals("UPLOAD")))
                .list());
  }
}
