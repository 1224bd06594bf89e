package dev.palimpsest.worker.inspection;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import dev.palimpsest.inference.DecoderException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inspects checkpoints, each in a process of its own that is ended when it passes its limits. */
public final class InspectionProcess {
  private static final Logger log = LoggerFactory.getLogger(InspectionProcess.class);

  /** How the Java of the child ends when its heap is full. */
  private static final int HEAP_IS_FULL = 3;

  private static final int LAST_WORDS_SECONDS = 10;
  private static final String UNSAFE =
      "it is not safe to use, so save it anew with the library that made it";
  private static final String DISK = "check the disk it is on, then try again";

  /** Decides when a process has been silent for too long. */
  interface Patience {
    /**
     * Returns the next line, an empty one at the end of the output, or null if none comes in time.
     */
    Optional<Line> next(BlockingQueue<Optional<Line>> lines) throws InterruptedException;
  }

  private final InspectionLimits limits;
  private final Class<?> main;
  private final Patience patience;
  private final SignerFiles signers;

  public InspectionProcess(InspectionLimits limits) {
    this(limits, SignerFiles.none());
  }

  /** As the other one; whose signatures under checkpoints are known is given. */
  public InspectionProcess(InspectionLimits limits, SignerFiles signers) {
    this(
        limits,
        InspectionMain.class,
        lines -> lines.poll(limits.silence().toMillis(), TimeUnit.MILLISECONDS),
        signers);
  }

  /** Runs another main class, for tests of what happens when it misbehaves. */
  InspectionProcess(InspectionLimits limits, Class<?> main, Patience patience) {
    this(limits, main, patience, SignerFiles.none());
  }

  private InspectionProcess(
      InspectionLimits limits, Class<?> main, Patience patience, SignerFiles signers) {
    this.signers = signers;
    this.limits = Objects.requireNonNull(limits, "limits is null");
    this.main = main;
    this.patience = patience;
  }

  /**
   * Inspects a checkpoint or adapter.
   *
   * @param base of an adapter, if it is to be checked against one
   * @throws CheckpointException if there is nothing at the path that could be one, or if reading it
   *     passed the limits
   * @throws DecoderException if the process cannot be run; this says nothing of the files
   */
  public Inspection inspect(Path path, Optional<Path> base) {
    List<String> arguments = new ArrayList<>(List.of(path.toAbsolutePath().toString()));
    arguments.add(base.map(folder -> folder.toAbsolutePath().toString()).orElse(""));
    arguments.addAll(signers.arguments());
    ProcessBuilder builder = new ProcessBuilder(limits.command(main, arguments));
    builder.redirectError(Redirect.DISCARD);
    try {
      Process process = builder.start();
      try {
        return new Conversation(process).inspection();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new DecoderException(
          "The inspection cannot be started; is there enough memory, and is Java still installed"
              + " where it was?",
          e);
    }
  }

  /** What one process says until its end. */
  private final class Conversation {
    private final Process process;

    /** An empty one stands for the end of the process's output. */
    private final BlockingQueue<Optional<Line>> lines = new LinkedBlockingQueue<>();

    private Line.Step step = new Line.Step("", "starting");
    private Inspection found;

    Conversation(Process process) {
      this.process = process;
      Thread reader = new Thread(this::read, "inspection-" + process.pid());
      reader.setDaemon(true);
      reader.start();
    }

    Inspection inspection() {
      while (true) {
        Optional<Line> next = next();
        if (next == null) {
          return givenUp(
              "made no progress for " + limits.silence().toSeconds() + " seconds",
              step.doing().equals(Pulse.READING) ? DISK : UNSAFE);
        }
        if (next.isEmpty()) {
          return givenUp(ending(), UNSAFE);
        }
        Line line = next.get();
        if (line.refusal() != null) {
          throw line.refusal().toException();
        }
        if (line.failure() != null) {
          log.error("an inspection failed while {} {}: {}", step.doing(), step.file(), line);
          return givenUp("failed", UNSAFE);
        }
        if (line.done() != null) {
          return found;
        }
        step = line.step() == null ? step : line.step();
        found = line.inspection() == null ? found : line.inspection();
      }
    }

    private Optional<Line> next() {
      try {
        return patience.next(lines);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("an inspection was interrupted", e);
      }
    }

    /** The files did it where a step was under way; otherwise the machine did. */
    private Inspection givenUp(String how, String advice) {
      if (step.file().isEmpty()) {
        throw new DecoderException(
            "The inspection " + how + " before it began; is there enough memory? Try it again.");
      }
      String sentence = "was given up: " + step.doing() + " " + how + "; " + advice;
      if (found == null) {
        throw new CheckpointException(step.file(), sentence);
      }
      List<Finding> findings = new ArrayList<>();
      findings.add(new Finding(Severity.ERROR, step.file(), sentence));
      findings.addAll(found.findings());
      return found.withFindings(findings);
    }

    private String ending() {
      try {
        if (process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
          log.warn("an inspection ended with code {}", process.exitValue());
          return process.exitValue() == HEAP_IS_FULL
              ? "took more memory than is allowed"
              : "crashed or took more memory than is allowed";
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("an inspection was interrupted", e);
      }
      return "fell silent";
    }

    private void read() {
      try (BufferedReader text =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = text.readLine(); line != null; line = text.readLine()) {
          parse(line);
        }
      } catch (IOException e) {
        log.debug("the output of an inspection broke off", e);
      }
      lines.add(Optional.empty());
    }

    /** Native libraries may print to the protocol's stream behind Java's back. */
    private void parse(String line) {
      try {
        lines.add(Optional.of(Json.mapper().readValue(line, Line.class)));
      } catch (JsonProcessingException e) {
        log.info("an inspection printed: {}", line);
      }
    }
  }
}
