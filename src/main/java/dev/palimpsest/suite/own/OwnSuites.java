package dev.palimpsest.suite.own;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
import dev.palimpsest.storage.StoredText;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteShelf;
import dev.palimpsest.suite.SuiteText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The suites that people made in an installation, in versions that never change. Servers that share
 * a database see each other's; threads may share it.
 */
public final class OwnSuites implements SuiteShelf {
  private static final Comparator<Version> NEWEST_FIRST =
      Comparator.comparing(Version::version, Versions.OLDEST_FIRST.reversed());

  private final Database database;
  private final Clock clock;

  /** Those that were read, by digest: what a digest stands for never changes. */
  private final Map<String, Suite> read = new ConcurrentHashMap<>();

  /** Makes a store in a database. */
  public OwnSuites(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A version of a suite, its items unread.
   *
   * @param digest of its content
   */
  public record Version(String id, String version, String digest, Instant storedAt) {}

  /**
   * Stores a version; one that is there with the same content is left as it is.
   *
   * @throws OwnSuiteException if the version is there with other content, or is not above the
   *     newest; it says which version is free
   */
  public void put(Suite suite) {
    try {
      database.write(handle -> put(handle, suite));
    } catch (DuplicateException outrun) {
      // Another process stored the version a moment ago; it is seen now and compared.
      database.write(handle -> put(handle, suite));
    }
  }

  /**
   * Says whether a version could be stored.
   *
   * @throws OwnSuiteException as {@link #put} would
   */
  public void check(Suite suite) {
    database.write(handle -> isMissing(handle, suite));
  }

  private void put(Handle handle, Suite suite) {
    if (isMissing(handle, suite)) {
      insert(handle, suite);
    }
  }

  private static boolean isMissing(Handle handle, Suite suite) {
    List<Version> before = list(handle, suite.id());
    Optional<Version> same =
        before.stream().filter(one -> one.version().equals(suite.version())).findFirst();
    if (same.isPresent()) {
      if (!same.get().digest().equals(suite.digest())) {
        throw new OwnSuiteException(
            "%s has a version %s with other content, and versions never change; save this as %s."
                .formatted(suite.id(), suite.version(), after(before)));
      }
      return false;
    }
    if (!before.isEmpty()
        && Versions.OLDEST_FIRST.compare(suite.version(), before.get(0).version()) < 0) {
      throw new OwnSuiteException(
          "Version %s is below %s, the newest of %s; save this as %s."
              .formatted(suite.version(), before.get(0).version(), suite.id(), after(before)));
    }
    return true;
  }

  private void insert(Handle handle, Suite suite) {
    SuiteText text = SuiteText.of(suite);
    handle
        .createUpdate(
            "insert into own_suite (id, version, digest, suite, items, stored_at)"
                + " values (:id, :version, :digest, :suite, :items, :at)")
        .bind("id", suite.id())
        .bind("version", suite.version())
        .bind("digest", suite.digest())
        .bind("suite", text.suite())
        .bind("items", text.items())
        .bind("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Returns the version to save a suite as: 1.0.0 at first, then one above the newest. */
  public String next(String id) {
    List<Version> versions = list(id);
    return versions.isEmpty() ? Versions.FIRST : after(versions);
  }

  private static String after(List<Version> newestFirst) {
    return Versions.after(newestFirst.get(0).version());
  }

  /** Returns the versions of a suite, the newest first; [] if there is none. */
  public List<Version> list(String id) {
    return database.read(handle -> list(handle, id));
  }

  private static List<Version> list(Handle handle, String id) {
    return handle
        .createQuery("select id, version, digest, stored_at from own_suite where id = :id")
        .bind("id", id)
        .map((row, context) -> version(row))
        .stream()
        .sorted(NEWEST_FIRST)
        .toList();
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        row.getString("id"),
        row.getString("version"),
        row.getString("digest"),
        row.getObject("stored_at", OffsetDateTime.class).toInstant());
  }

  /** Returns the files of a version, as they were stored. */
  public Optional<SuiteText> text(String id, String version) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select suite, items from own_suite where id = :id and version = :version")
                .bind("id", id)
                .bind("version", version)
                .map(
                    (row, context) ->
                        new SuiteText(
                            StoredText.read(row.getString("suite")),
                            StoredText.read(row.getString("items"))))
                .findOne());
  }

  /** Returns how many characters of text go with a version when it is removed. */
  public long room(String id, String version) {
    return text(id, version)
        .map(text -> (long) text.suite().length() + text.items().length())
        .orElse(0L);
  }

  /** Returns a version. */
  public Optional<Suite> find(String id, String version) {
    return list(id).stream()
        .filter(one -> one.version().equals(version))
        .findFirst()
        .flatMap(this::suite);
  }

  /**
   * Removes a version.
   *
   * @throws OwnSuiteException if the plan of an audit names it
   */
  public void remove(String id, String version) {
    database.write(
        handle -> {
          int removed =
              handle
                  .createUpdate(
                      "delete from own_suite where id = :id and version = :version"
                          + " and not exists (select 1 from audit"
                          + " where plan like '%\"' || own_suite.digest || '\"%')")
                  .bind("id", id)
                  .bind("version", version)
                  .execute();
          boolean there = list(handle, id).stream().anyMatch(one -> one.version().equals(version));
          if (removed == 0 && there) {
            throw new OwnSuiteException(
                "%s %s is used by an audit; remove that first, or keep both."
                    .formatted(id, version));
          }
        });
  }

  @Override
  public Collection<Suite> newest() {
    List<Version> all =
        database.read(
            handle ->
                handle
                    .createQuery("select id, version, digest, stored_at from own_suite")
                    .map((row, context) -> version(row))
                    .list());
    read.keySet().retainAll(all.stream().map(Version::digest).collect(Collectors.toSet()));
    return all.stream()
        .collect(
            Collectors.toMap(
                Version::id,
                one -> one,
                (one, other) -> NEWEST_FIRST.compare(one, other) <= 0 ? one : other))
        .values()
        .stream()
        .flatMap(one -> suite(one).stream())
        .toList();
  }

  @Override
  public List<Suite> versions(String id) {
    return list(id).stream().flatMap(one -> suite(one).stream()).toList();
  }

  /** Nothing where it was removed since it was listed. */
  private Optional<Suite> suite(Version version) {
    Suite known = read.get(version.digest());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Suite> found =
        text(version.id(), version.version()).map(text -> text.read(version.id()));
    found.ifPresent(suite -> read.put(version.digest(), suite));
    return found;
  }
}
