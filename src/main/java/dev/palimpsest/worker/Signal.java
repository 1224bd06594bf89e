package dev.palimpsest.worker;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ended a process, by the names that signal(7) gives signals on x86-64.
 *
 * <p>Java catches the signals of a crash, tells of them on its standard output and then ends itself
 * with SIGABRT; the signal that it tells of is the one that says what happened.
 */
record Signal(int number) {
  /** How Java reports a process that a signal ended: 128 and the signal's number. */
  private static final int SIGNALLED = 128;

  private static final int LAST = 64;
  private static final int ABORT = 6;
  private static final int KILL = 9;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(ABORT, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(KILL, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  /** A line of Java's last words: {@code # SIGSEGV (0xb) at pc=0x…, pid=…, tid=…}. */
  private static final Pattern LAST_WORDS =
      Pattern.compile("#\\s+SIG[A-Z]+ \\(0x([0-9a-f]{1,2})\\).*");

  /** Returns the signal that an exit code stands for. */
  static Optional<Signal> ofExitCode(int code) {
    return code > SIGNALLED && code <= SIGNALLED + LAST
        ? Optional.of(new Signal(code - SIGNALLED))
        : Optional.empty();
  }

  /** Returns the number of the signal that a line of a crashing Java names. */
  static OptionalInt named(String line) {
    Matcher words = LAST_WORDS.matcher(line);
    return words.matches()
        ? OptionalInt.of(Integer.parseInt(words.group(1), 16))
        : OptionalInt.empty();
  }

  /** Returns the signal that Java was hit by, where it ended itself for it. */
  Signal orHitBy(OptionalInt named) {
    return number == ABORT && named.isPresent() ? new Signal(named.getAsInt()) : this;
  }

  boolean isKill() {
    return number == KILL;
  }

  /** Tells whether native code did something that no program may do. */
  boolean isCrash() {
    return switch (number) {
      case 4, 5, ABORT, 7, 8, 11, 31 -> true;
      default -> false;
    };
  }

  /** Returns "signal 11, SIGSEGV". */
  String words() {
    String name = NAMES.get(number);
    return "signal " + number + (name == null ? "" : ", " + name);
  }
}
