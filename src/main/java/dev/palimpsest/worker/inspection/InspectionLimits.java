package dev.palimpsest.worker.inspection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an inspection may use.
 *
 * @param heapMegabytes Java heap
 * @param memoryMegabytes all private memory of the process, the heap and native code's included
 * @param silence how long it may make no progress
 */
public record InspectionLimits(int heapMegabytes, int memoryMegabytes, Duration silence) {
  private static final Path SHELL = Path.of("/bin/sh");

  public InspectionLimits {
    Objects.requireNonNull(silence, "silence is null");
    if (heapMegabytes < 64 || memoryMegabytes < heapMegabytes) {
      throw new IllegalArgumentException("heap < 64 MB or memory < heap");
    }
  }

  /** Returns limits that the largest sound checkpoints stay far below. */
  public static InspectionLimits standard() {
    return new InspectionLimits(1024, 4096, Duration.ofSeconds(60));
  }

  /** Returns the command that runs a main class with the Java and class path of this process. */
  public List<String> command(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      // The kernel holds the limit; the path is an argument and never read as shell text.
      command.addAll(
          List.of(
              SHELL.toString(),
              "-c",
              "ulimit -c 0; ulimit -d " + memoryMegabytes * 1024L + "; exec \"$@\"",
              "inspection"));
    }
    command.add(ChildJava.binary());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:ErrorFile=/dev/null");
    command.addAll(ChildJava.options());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }
}
