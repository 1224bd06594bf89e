package dev.palimpsest.evidence.bundle;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.registry.StoredManifests;
import dev.palimpsest.storage.Database;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that the checkpoints of an audit consist of: as they were registered, and of others as
 * they lie there, if those are the ones that were audited.
 */
final class AuditedFiles {
  private static final int MOST_KEPT = 64;

  private final StoredManifests stored;

  /** A list that has the right root is right for good, and files can be large. */
  private final Map<String, Manifest> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Manifest> eldest) {
              return size() > MOST_KEPT;
            }
          });

  AuditedFiles(Database database) {
    this.stored = new StoredManifests(database);
  }

  /**
   * A checkpoint of an audit.
   *
   * @param place its folder in a bundle
   * @param name what people call it
   * @param digest its root, in lower-case hex
   * @param files what it consists of, if that is known
   * @param unknown why it is not known, "" where it is
   */
  record Checkpoint(
      String place, String name, String digest, Optional<Manifest> files, String unknown) {}

  /** Returns the checkpoints of a plan, the base first. */
  List<Checkpoint> of(AuditPlan plan) {
    Arm base = plan.base();
    List<Checkpoint> all = new ArrayList<>();
    all.add(arm(Members.BASE, base));
    if (base.adapter().isPresent()) {
      String name = "the model under " + base.name();
      all.add(checkpoint(Members.BASE_MODEL, name, base.baseDigest(), base.checkpoint()));
    }
    for (int i = 0; i < plan.tuned().size(); i++) {
      all.add(arm(Members.tuned(i), plan.tuned().get(i)));
    }
    return all;
  }

  /** Returns an arm's own files, which are an adapter's where it has one. */
  private Checkpoint arm(String place, Arm arm) {
    if (arm.endpoint().isPresent()) {
      return new Checkpoint(
          place,
          arm.name(),
          arm.digest(),
          Optional.empty(),
          "it was asked behind a server, and its files are not known");
    }
    return checkpoint(place, arm.name(), arm.digest(), arm.adapter().orElse(arm.checkpoint()));
  }

  private Checkpoint checkpoint(String place, String name, String digest, Path path) {
    Manifest known = kept.get(digest);
    Optional<Manifest> files = known == null ? stored.of(digest) : Optional.of(known);
    String unknown = "";
    if (files.isEmpty()) {
      try {
        files = Optional.of(Manifest.ofCheckpoint(path, (done, total) -> {}));
        unknown = "its files have changed since";
      } catch (UserFacingException | UncheckedIOException gone) {
        unknown = "it is not registered, and its files are not where they were";
      }
    }
    files = files.filter(manifest -> manifest.root().equals(digest));
    files.ifPresent(manifest -> kept.put(digest, manifest));
    return new Checkpoint(place, name, digest, files, files.isPresent() ? "" : unknown);
  }
}
