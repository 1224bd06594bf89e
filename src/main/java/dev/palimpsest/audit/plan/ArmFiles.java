package dev.palimpsest.audit.plan;

import dev.palimpsest.Sha256;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.HubCache;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.EndpointAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns files into arms, and checks later that they are still the same files. */
public final class ArmFiles {
  private ArmFiles() {}

  /**
   * Makes the arm of a base, whose files are read.
   *
   * @param progress told what is being read, a phrase for people
   */
  public static Arm base(Candidate candidate, String name, Consumer<String> progress) {
    if (candidate.endpoint().isPresent()) {
      return endpoint(candidate, name, Arm.Role.BASE);
    }
    if (candidate.model().isPresent()) {
      return adaptedBase(candidate, name, progress);
    }
    Candidate.Inspected found = inspect(candidate, progress);
    if (found.kind() == CheckpointKind.ADAPTER) {
      throw new PlanException(
          candidate.name()
              + " is an adapter and cannot be the base alone; give the checkpoint it was trained"
              + " on, and the adapter beside it as --base-adapter if it belongs to the base.");
    }
    return full(candidate, name, Arm.Role.BASE, found);
  }

  /** Makes a base of an adapter and the model that it is applied over. */
  private static Arm adaptedBase(Candidate candidate, String name, Consumer<String> progress) {
    Arm model = base(Candidate.of(candidate.model().orElseThrow()), name, progress);
    Candidate.Inspected found = inspect(candidate, progress);
    if (found.kind() != CheckpointKind.ADAPTER) {
      throw new PlanException(
          candidate.name() + " is no adapter; give it as the base itself, without --base-adapter.");
    }
    Arm adapted = adapter(candidate, name, model, found);
    return adapted.as(name, Arm.Role.BASE).with(adapted.notes());
  }

  /**
   * Reads the files of a candidate ahead of its plan, which takes its digest from what is returned;
   * a model that an adapter lies over is not read.
   *
   * @param progress told what is being read, a phrase for people
   * @throws CheckpointException if the checkpoint cannot be used
   */
  public static Candidate read(Candidate candidate, Consumer<String> progress) {
    return candidate.endpoint().isPresent()
        ? candidate
        : candidate.as(inspect(candidate, progress));
  }

  /** What answers behind a server is known by its address and name, which nothing proves. */
  private static Arm endpoint(Candidate candidate, String name, Arm.Role role) {
    EndpointAddress address = candidate.endpoint().orElseThrow();
    String digest = Sha256.hex("endpoint " + address.url() + " " + address.model());
    return new Arm(
        name,
        role,
        candidate.path(),
        Optional.empty(),
        digest,
        digest,
        List.of(unverified(name, address)),
        Map.of(),
        Optional.empty(),
        Optional.of(address));
  }

  private static String unverified(String name, EndpointAddress address) {
    return name
        + " is "
        + address.words()
        + ": a server's model, known by its name only and not verified; its digest is that of address"
        + " and name. How the server puts items to it was not compared.";
  }

  static Arm tuned(Candidate candidate, String name, Arm base, Consumer<String> progress) {
    if (candidate.endpoint().isPresent()) {
      return endpoint(candidate, name, Arm.Role.TUNED);
    }
    Candidate.Inspected found = inspect(candidate, progress);
    if (found.kind() != CheckpointKind.ADAPTER && candidate.scale().isPresent()) {
      throw new PlanException(
          candidate.name()
              + " is no adapter and has no scale; give it without one, or give the adapter.");
    }
    if (found.kind() != CheckpointKind.ADAPTER) {
      return full(candidate, name, Arm.Role.TUNED, found).with(oddities(candidate, name));
    }
    if (base.endpoint().isPresent()) {
      throw new PlanException(
          candidate.name()
              + " is an adapter, and its base is behind a server; give the base as files, or the"
              + " server's own name of the tuned model.");
    }
    Arm arm = adapter(candidate, name, base, found);
    return candidate.scale().map(arm::at).orElse(arm);
  }

  private static List<String> oddities(Candidate candidate, String name) {
    try (Checkpoint checkpoint = Checkpoint.open(candidate.path())) {
      return checkpoint.notes().stream().map(note -> name + " " + note + ".").toList();
    }
  }

  /**
   * Fails unless the files of all arms are those that the plan was frozen with; each is read once.
   *
   * @param progress told what is being read, a phrase for people
   * @throws AuditException if the files of an arm have changed
   */
  public static void verify(List<Arm> arms, Consumer<String> progress) {
    Map<Path, String> digests = new HashMap<>();
    for (Arm arm : arms) {
      if (arm.role() == Arm.Role.PROMPTED || arm.endpoint().isPresent()) {
        continue; // the files of another arm, or none
      }
      progress.accept("Checking the files of " + arm.name());
      require(arm, arm.checkpoint(), arm.baseDigest(), digests, progress);
      arm.adapter().ifPresent(folder -> require(arm, folder, arm.digest(), digests, progress));
    }
  }

  private static Candidate.Inspected inspect(Candidate candidate, Consumer<String> progress) {
    if (candidate.inspected().isPresent()) {
      return candidate.inspected().get();
    }
    progress.accept("Reading " + candidate.name());
    Inspection inspection =
        Inspection.of(
            absolute(candidate.path()),
            new ReadingProgress("Reading " + candidate.name(), progress));
    inspection.requireSound();
    return new Candidate.Inspected(inspection.kind(), digest(inspection));
  }

  private static Arm full(
      Candidate candidate, String name, Arm.Role role, Candidate.Inspected found) {
    Path path = absolute(candidate.path());
    return new Arm(name, role, path, Optional.empty(), found.digest(), found.digest());
  }

  private static Arm adapter(
      Candidate candidate, String name, Arm base, Candidate.Inspected found) {
    Path folder = absolute(candidate.path());
    Arm tuned =
        new Arm(
            name,
            Arm.Role.TUNED,
            base.checkpoint(),
            Optional.of(folder),
            found.digest(),
            base.baseDigest());
    return tuned.with(fit(folder, base, name));
  }

  /** Fails unless the adapter fits the base; returns what is odd about it. */
  private static List<String> fit(Path folder, Arm base, String name) {
    try (Checkpoint checkpoint = Checkpoint.open(base.checkpoint());
        Adapter adapter = Adapter.open(folder)) {
      adapter.checkAgainst(checkpoint);
      return adapter.warningsOn(checkpoint).stream()
          .map(warning -> name + " " + warning + ".")
          .toList();
    }
  }

  private static void require(
      Arm arm, Path path, String digest, Map<Path, String> digests, Consumer<String> progress) {
    var reading = new ReadingProgress("Checking the files of " + arm.name(), progress);
    String now = digests.computeIfAbsent(path, file -> Manifest.ofCheckpoint(file, reading).root());
    if (!now.equals(digest)) {
      throw new AuditException(
          "The files of "
              + arm.name()
              + " have changed since the audit was frozen; put the old ones back, or start a new"
              + " audit.");
    }
  }

  private static String digest(Inspection inspection) {
    return inspection
        .digest()
        .orElseThrow(
            () ->
                new CheckpointException(
                    inspection.name(),
                    "cannot be digested; check that all its files are readable"));
  }

  private static Path absolute(Path path) {
    return HubCache.pinned(path.toAbsolutePath().normalize());
  }

  /** Says every tenth of a checkpoint that takes long to read. */
  private static final class ReadingProgress implements Manifest.Progress {
    private static final long LONG = 1L << 30;

    private final String doing;
    private final Consumer<String> progress;
    private long tenths;

    ReadingProgress(String doing, Consumer<String> progress) {
      this.doing = doing;
      this.progress = progress;
    }

    @Override
    public void at(long done, long total) {
      long now = total == 0 ? 0 : 10 * done / total;
      if (total >= LONG && now > tenths) {
        tenths = now;
        progress.accept(doing + ": " + 10 * now + "%");
      }
    }
  }
}
