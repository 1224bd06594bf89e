package dev.palimpsest.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a process that does work under leases, as a lease names it.
 *
 * @param machine where its number counts: the host's name and its space of process numbers
 * @param pid the operating system's number of the process
 * @param started when it started, in milliseconds since 1970; numbers are used again
 * @param token of this part of the process, which is unique
 */
public record LeaseOwner(String machine, long pid, long started, String token) {
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");
  private static final Path PROCESS_NUMBERS = Path.of("/proc/self/ns/pid");
  private static final Pattern TEXT = Pattern.compile("(.*)/(\\d{1,18})/(\\d{1,18})/([^/]*)");

  /** Returns an owner in this process that no other lease names yet. */
  public static LeaseOwner ofThisProcess() {
    return ofThisProcess(UUID.randomUUID().toString());
  }

  /** Returns the owner that a part of this process is. */
  public static LeaseOwner ofThisProcess(String token) {
    ProcessHandle self = ProcessHandle.current();
    return new LeaseOwner(thisMachine(), self.pid(), started(self), token);
  }

  /** Reads what {@link #text} wrote; empty where it is of an older version. */
  public static Optional<LeaseOwner> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new LeaseOwner(
                parts.group(1),
                Long.parseLong(parts.group(2)),
                Long.parseLong(parts.group(3)),
                parts.group(4)))
        : Optional.empty();
  }

  /** Returns what a lease's column keeps. */
  public String text() {
    return machine + "/" + pid + "/" + started + "/" + token;
  }

  /** Tells whether the process is known to have ended; of other machines nothing is known. */
  public boolean isGone() {
    return machine.equals(thisMachine())
        && ProcessHandle.of(pid).filter(process -> started(process) == started).isEmpty();
  }

  /** Returns "process 4711 on host". */
  public String words() {
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
