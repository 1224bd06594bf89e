package dev.palimpsest.worker.inspection;

import dev.palimpsest.Ending;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.inspection.Inspection;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The inspecting process: {@code PATH BASE} and what {@link SignerFiles} says; BASE may be empty.
 * Ends when its standard input closes.
 */
public final class InspectionMain implements FullInspection.Listener {
  private final OutputStream out;

  private InspectionMain(OutputStream out) {
    this.out = out;
  }

  /** Inspects the checkpoint that the first argument names. */
  public static void main(String[] args) throws IOException {
    // Standard output belongs to the protocol: whatever a library prints goes to standard error.
    System.setOut(System.err);
    Ending.onSignals();
    endWithTheParent();
    InspectionMain main = new InspectionMain(new FileOutputStream(FileDescriptor.out));
    List<String> all = List.of(args);
    Optional<Path> base =
        all.size() > 1 && !all.get(1).isEmpty()
            ? Optional.of(Path.of(all.get(1)))
            : Optional.empty();
    SignerFiles signers = SignerFiles.parse(all.subList(Math.min(2, all.size()), all.size()));
    main.inspect(Path.of(all.get(0)), base, signers);
    main.send(Line.end());
    // Nothing is left to save, and a native library's threads are not waited for.
    Ending.now(0);
  }

  private void inspect(Path path, Optional<Path> base, SignerFiles signers) throws IOException {
    try {
      send(Line.found(FullInspection.of(path, base, signers.read(), this)));
    } catch (CheckpointException refused) {
      send(Line.refused(refused));
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
      send(Line.failed(failure));
    }
  }

  @Override
  public void step(String file, String doing) throws IOException {
    send(Line.step(file, doing));
  }

  @Override
  public void found(Inspection inspection) throws IOException {
    send(Line.found(inspection));
  }

  private void send(Line line) throws IOException {
    out.write(Json.mapper().writeValueAsBytes(line));
    out.write('\n');
  }

  private static void endWithTheParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException closed) {
                // As good as its end.
              }
              Ending.now(0);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
