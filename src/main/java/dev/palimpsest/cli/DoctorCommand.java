package dev.palimpsest.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.palimpsest.UserFacingException;
import dev.palimpsest.decoder.kernel.EngineReport;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code palimpsest doctor}: what this machine can run, and what is missing. */
@Command(
    name = "doctor",
    description =
        "Checks this machine: Java, engine, device, memory, disk, and the model sizes that fit.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final double GIB = 1024.0 * 1024 * 1024;

  /**
   * A load needs 1.25 times the weights, and a fifth of the memory stays with the system and the
   * app.
   */
  private static final double USABLE_SHARE = 0.8 / 1.25;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data folder whose disk is checked (default: $PALIMPSEST_HOME, else .palimpsest in your home).")
  private Path data = DataFolder.standard();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    line(out, "Java", Runtime.version() + " on " + System.getProperty("os.name") + " " + arch());
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    line(out, "Processor", counted(system.getAvailableProcessors(), "core", "cores"));
    line(
        out,
        "Memory",
        gib(system.getTotalMemorySize()) + ", free " + gib(system.getFreeMemorySize()));
    line(out, "Disk", gib(freeDisk()) + " free for " + data);
    int code = describeEngine(out);
    describeFit(out, system.getTotalMemorySize() * USABLE_SHARE);
    return code;
  }

  private static int describeEngine(PrintWriter out) {
    try {
      EngineReport engine = EngineReport.ask();
      line(
          out,
          "Engine",
          engine.engine()
              + ", "
              + counted(Threads.usual(), "pass at a time", "passes side by side"));
      line(out, "Devices", String.join(", ", engine.devices()));
      return ExitCode.PASS;
    } catch (UserFacingException e) {
      line(out, "Engine", e.getMessage());
      return ExitCode.INCOMPLETE;
    }
  }

  private static void describeFit(PrintWriter out, double usableBytes) {
    line(out, "Fits", billions(usableBytes / 4) + " parameters in float32");
    line(out, "", billions(usableBytes / 2) + " parameters in bfloat16");
  }

  private long freeDisk() {
    File folder = data.toAbsolutePath().toFile();
    while (folder != null && !folder.exists()) {
      folder = folder.getParentFile();
    }
    try {
      return folder == null ? 0 : Files.getFileStore(folder.toPath()).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String arch() {
    return System.getProperty("os.arch");
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }

  private static String billions(double parameters) {
    return String.format(Locale.ROOT, "up to %.1f billion", parameters / 1e9);
  }

  private static String counted(int count, String one, String more) {
    return count + " " + (count == 1 ? one : more);
  }

  private static void line(PrintWriter out, String label, String value) {
    out.printf(Locale.ROOT, "%-10s %s%n", label, value);
  }
}
