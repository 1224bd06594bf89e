package dev.palimpsest.worker;

import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.EncoderLoader;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PromptFormat;
import dev.palimpsest.inference.PromptNotes;
import dev.palimpsest.worker.inspection.InspectionLimits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Opens tokenizers in processes of their own, with the limits that an inspection has.
 *
 * @param limits of each process
 */
public record WorkerEncoders(InspectionLimits limits) implements EncoderLoader {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  public WorkerEncoders {
    Objects.requireNonNull(limits, "limits is null");
  }

  /** Returns a loader with the usual limits. */
  public static WorkerEncoders standard() {
    return new WorkerEncoders(InspectionLimits.standard());
  }

  @Override
  public Encoder open(ModelSpec spec) {
    WorkerOptions options =
        new WorkerOptions(1, limits.heapMegabytes(), limits.silence(), PATIENCE, Optional.empty());
    List<String> command = limits.command(EncoderMain.class, List.of());
    return new Remote(WorkerRunner.start(spec, options, command));
  }

  private record Remote(WorkerRunner worker) implements Encoder {
    @Override
    public PromptFormat format(Optional<String> adapter) {
      return worker.description().format(adapter);
    }

    @Override
    public PromptNotes notes(Optional<String> adapter) {
      return worker.description().notes(adapter);
    }

    @Override
    public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
      return worker.encode(adapter, requests);
    }

    @Override
    public void close() {
      worker.close();
    }
  }
}
