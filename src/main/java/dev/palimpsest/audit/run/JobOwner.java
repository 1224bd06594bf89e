package dev.palimpsest.audit.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that runs jobs, as a lease names it.
 *
 * @param machine where its number counts: the host's name and its space of process numbers
 * @param pid the operating system's number of the process
 * @param started when it started, in milliseconds since 1970; numbers are used again
 * @param token of this service in it, which is unique
 */
record JobOwner(String machine, long pid, long started, String token) {
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");
  private static final Path PROCESS_NUMBERS = Path.of("/proc/self/ns/pid");
  private static final Pattern TEXT = Pattern.compile("(.*)/(\\d{1,18})/(\\d{1,18})/([^/]*)");

  /** Returns the owner that a service of this process is. */
  static JobOwner ofThisProcess(String token) {
    ProcessHandle self = ProcessHandle.current();
    return new JobOwner(thisMachine(), self.pid(), started(self), token);
  }

  /** Reads what {@link #text} wrote; empty where it is of an older version. */
  static Optional<JobOwner> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new JobOwner(
                parts.group(1),
                Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)),
                parts.group(4)))
        : Optional.empty();
  }

  String text() {
    return machine + "/" + pid + "/" + started + "/" + token;
  }

  /** Tells whether the process is known to have ended; of other machines nothing is known. */
  boolean isGone() {
    return machine.equals(thisMachine())
        && ProcessHandle.of(pid).filter(process -> started(process) == started).isEmpty();
  }

  /** Returns "process 4711 on host". */
  String words() {
    return "process " + pid + " on " + machine.replaceFirst(" .*", "");
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String thisMachine() {
    try {
      return Files.readString(HOST).strip() + " " + Files.readSymbolicLink(PROCESS_NUMBERS);
    } catch (IOException | UnsupportedOperationException e) {
      return "a machine without a name";
    }
  }
}
