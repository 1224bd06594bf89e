package dev.palimpsest.worker.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.signature.ModelKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that is looked at before a checkpoint may be used. */
final class FullInspection {
  /** Hears what is being done and what was found so far. */
  interface Listener {
    /** Takes a sign of progress. */
    void step(String file, String doing) throws IOException;

    /** Takes what is known without having tried the texts. */
    void found(Inspection inspection) throws IOException;
  }

  private static final String CONFIG = "adapter_config.json";

  private final Path path;
  private final ModelKeys known;
  private final Listener listener;

  private FullInspection(Path path, ModelKeys known, Listener listener) {
    this.path = path;
    this.known = known;
    this.listener = listener;
  }

  /**
   * Inspects a checkpoint or adapter.
   *
   * @param base of an adapter, if it is to be checked against one; not looked at otherwise
   * @throws CheckpointException if there is nothing at the path that could be one
   */
  static Inspection of(Path path, Optional<Path> base, Listener listener) throws IOException {
    return of(path, base, ModelKeys.none(), listener);
  }

  /** As the other one; whose signatures are known is given. */
  static Inspection of(Path path, Optional<Path> base, ModelKeys known, Listener listener)
      throws IOException {
    return new FullInspection(path, known, listener).inspect(base);
  }

  private Inspection inspect(Optional<Path> base) throws IOException {
    Path last = path.toAbsolutePath().normalize().getFileName();
    String name = last == null ? path.toString() : last.toString();
    Pulse pulse = new Pulse(listener, name);
    listener.step(name, Pulse.READING);
    Inspection structure = Inspection.of(path, known, pulse);
    boolean adapter = structure.kind() == CheckpointKind.ADAPTER;
    Inspection fitted =
        adapter && base.isPresent() && !structure.isRefused()
            ? with(fit(base.get()), structure)
            : structure;
    listener.found(fitted);
    if (fitted.isRefused()) {
      return fitted;
    }
    return with(
        adapter ? TextTrial.ofAdapter(path, base, listener) : TextTrial.of(path, listener), fitted);
  }

  private List<Finding> fit(Path base) {
    try (Checkpoint checkpoint = Checkpoint.open(base);
        Adapter adapter = Adapter.open(path)) {
      adapter.checkAgainst(checkpoint);
      return adapter.notesOn(checkpoint).stream()
          .map(note -> new Finding(Severity.INFO, CONFIG, note))
          .toList();
    } catch (CheckpointException misfit) {
      return List.of(new Finding(Severity.ERROR, misfit.file(), misfit.sentence()));
    }
  }

  private static Inspection with(List<Finding> first, Inspection inspection) {
    List<Finding> findings = new ArrayList<>(first);
    findings.addAll(inspection.findings());
    return inspection.withFindings(findings);
  }
}
