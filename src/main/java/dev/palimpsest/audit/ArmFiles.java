package dev.palimpsest.audit;

import dev.palimpsest.checkpoint.Adapter;
import dev.palimpsest.checkpoint.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns files into arms, and checks later that they are still the same files. */
final class ArmFiles {
  private static final String ADAPTER_CONFIG = "adapter_config.json";

  private ArmFiles() {}

  static Arm base(Candidate candidate, String name, Consumer<String> progress) {
    if (isAdapter(candidate.path())) {
      throw new PlanException(
          candidate.name()
              + " is an adapter and cannot be the base; give the checkpoint it was trained on.");
    }
    return full(candidate, name, Arm.Role.BASE, progress);
  }

  static Arm tuned(Candidate candidate, String name, Arm base, Consumer<String> progress) {
    if (!isAdapter(candidate.path())) {
      return full(candidate, name, Arm.Role.TUNED, progress);
    }
    Path folder = absolute(candidate.path());
    requireFits(folder, base);
    progress.accept("Digesting " + name);
    return new Arm(
        name,
        Arm.Role.TUNED,
        base.checkpoint(),
        Optional.of(folder),
        Manifest.of(folder).root(),
        base.baseDigest());
  }

  /** Fails unless an arm's files are those that the plan was frozen with. */
  static void verify(Arm arm) {
    require(arm, arm.checkpoint(), arm.baseDigest());
    arm.adapter().ifPresent(folder -> require(arm, folder, arm.digest()));
  }

  private static Arm full(
      Candidate candidate, String name, Arm.Role role, Consumer<String> progress) {
    Path path = absolute(candidate.path());
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      progress.accept("Digesting " + checkpoint.name());
    }
    String digest = Manifest.of(path).root();
    return new Arm(name, role, path, Optional.empty(), digest, digest);
  }

  private static void requireFits(Path folder, Arm base) {
    try (Checkpoint checkpoint = Checkpoint.open(base.checkpoint());
        Adapter adapter = Adapter.open(folder)) {
      adapter.checkAgainst(checkpoint);
    }
  }

  private static void require(Arm arm, Path path, String digest) {
    if (!Manifest.of(path).root().equals(digest)) {
      throw new AuditException(
          "The files of "
              + arm.name()
              + " have changed since the audit was frozen; put the old ones back, or start a new"
              + " audit.");
    }
  }

  private static boolean isAdapter(Path path) {
    return Files.isRegularFile(path.resolve(ADAPTER_CONFIG));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
