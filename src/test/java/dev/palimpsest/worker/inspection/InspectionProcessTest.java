package dev.palimpsest.worker.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import dev.palimpsest.inference.DecoderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The misbehaving processes below stand for a tokenizer that breaks what tries it. */
@Tag("slow")
final class InspectionProcessTest {
  private static final Path TINY = Path.of("src/test/resources/checkpoint/tiny");
  private static final InspectionLimits TIGHT =
      new InspectionLimits(64, 700, Duration.ofSeconds(3));

  /** Waits for as long as it takes, so that these tests do not depend on the machine's load. */
  private static final InspectionProcess.Patience ENDLESS = BlockingQueue::take;

  /** Waits for what a process has to say, after which its time is up at once. */
  private static InspectionProcess.Patience until(int said) {
    AtomicInteger heard = new AtomicInteger();
    return lines -> heard.getAndIncrement() < said ? lines.take() : null;
  }

  private static Inspection inspect(Class<?> main, InspectionProcess.Patience patience) {
    return new InspectionProcess(TIGHT, main, patience).inspect(TINY, Optional.empty());
  }

  private static void assertGivenUp(Class<?> main, String how) {
    assertGivenUp(main, ENDLESS, how);
  }

  private static void assertGivenUp(
      Class<?> main, InspectionProcess.Patience patience, String how) {
    Inspection inspection = inspect(main, patience);
    assertThat(inspection.isRefused()).isTrue();
    assertThat(inspection.parameters()).as("what the structure told").isEqualTo(2568);
    assertThat(inspection.findings())
        .containsExactly(
            new Finding(
                Severity.ERROR,
                "tokenizer.json",
                "was given up: trying the tokenizer on a few words "
                    + how
                    + "; it is not safe to use, so save it anew with the library that made it"));
  }

  @Test
  void theProcessFindsWhatTheInspectionFinds() throws IOException {
    Inspection here = FullInspection.of(TINY, Optional.empty(), new Silent());
    Inspection there =
        new InspectionProcess(InspectionLimits.standard()).inspect(TINY, Optional.empty());
    assertThat(there).isEqualTo(here);
    assertThat(there.isRefused()).isFalse();
  }

  @Test
  void everyTensorIsASignOfLife() {
    List<Long> told = new ArrayList<>();
    long size = Inspection.of(TINY, (done, total) -> told.add(done)).size();
    assertThat(told).filteredOn(done -> done == size).hasSizeGreaterThan(10);
  }

  @Test
  void whatIsNoCheckpointIsRefusedWithTheSameSentence() {
    InspectionProcess process = new InspectionProcess(InspectionLimits.standard());
    assertThatThrownBy(() -> process.inspect(TINY.resolve("nothing"), Optional.empty()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageEndingWith("nothing: does not exist or may not be read; check the path");
  }

  @Test
  void aLoopWithoutEndIsEnded() {
    assertGivenUp(Endless.class, until(2), "made no progress for 3 seconds");
  }

  @Test
  void anAbortTakesDownTheProcessOnly() {
    assertGivenUp(Aborting.class, "crashed or took more memory than is allowed");
  }

  @Test
  void aFullHeapTakesDownTheProcessOnly() {
    assertGivenUp(HeapEater.class, "took more memory than is allowed");
  }

  @Test
  void memoryThatNativeCodeTakesIsLimitedToo() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh to set a limit");
    assertGivenUp(NativeEater.class, "crashed or took more memory than is allowed");
  }

  @Test
  void aProcessThatNeverGetsToTheFilesSaysNothingAgainstThem() {
    assertThatThrownBy(() -> inspect(Stillborn.class, ENDLESS))
        .isInstanceOf(DecoderException.class)
        .hasMessageContaining("before it began");
  }

  @Test
  void silenceForLongerThanTheLimitEndsTheProcess() {
    InspectionProcess hasty =
        new InspectionProcess(new InspectionLimits(64, 700, Duration.ofMillis(1)));
    assertThatThrownBy(() -> hasty.inspect(TINY, Optional.empty()))
        .isInstanceOf(DecoderException.class)
        .hasMessageContaining("made no progress for 0 seconds before it began");
  }

  @Test
  void readingThatStandsStillIsTheDisksFault() {
    assertThatThrownBy(() -> inspect(SlowDisk.class, until(1)))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "tiny: was given up: reading it made no progress for 3 seconds; check the disk it is"
                + " on, then try again");
  }

  private static final class Silent implements FullInspection.Listener {
    @Override
    public void step(String file, String doing) {}

    @Override
    public void found(Inspection inspection) {}
  }

  /** Comes as far as the tokenizer. */
  private static void reachTheTokenizer(Path path) throws IOException {
    say(Line.found(Inspection.of(path)));
    say(Line.step("tokenizer.json", "trying the tokenizer on a few words"));
  }

  private static void say(Line line) throws IOException {
    System.out.println(dev.palimpsest.Json.mapper().writeValueAsString(line));
    System.out.flush();
  }

  static final class Endless {
    public static void main(String[] args) throws Exception {
      reachTheTokenizer(Path.of(args[0]));
      Thread.sleep(600_000);
    }
  }

  static final class Aborting {
    public static void main(String[] args) throws Exception {
      reachTheTokenizer(Path.of(args[0]));
      new ProcessBuilder("kill", "-ABRT", Long.toString(ProcessHandle.current().pid())).start();
      Thread.sleep(600_000);
    }
  }

  static final class HeapEater {
    public static void main(String[] args) throws Exception {
      reachTheTokenizer(Path.of(args[0]));
      List<byte[]> eaten = new ArrayList<>();
      while (eaten.size() < Integer.MAX_VALUE) {
        eaten.add(new byte[1 << 20]);
      }
    }
  }

  /** A compressor holds a quarter of a megabyte outside the heap. */
  static final class NativeEater {
    public static void main(String[] args) throws Exception {
      reachTheTokenizer(Path.of(args[0]));
      List<Deflater> eaten = new ArrayList<>();
      while (eaten.size() < Integer.MAX_VALUE) {
        eaten.add(new Deflater());
      }
    }
  }

  static final class Stillborn {
    public static void main(String[] args) {
      Runtime.getRuntime().halt(1);
    }
  }

  static final class SlowDisk {
    public static void main(String[] args) throws Exception {
      say(Line.step("tiny", Pulse.READING));
      Thread.sleep(600_000);
    }
  }
}
