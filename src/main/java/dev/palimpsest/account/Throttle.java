package dev.palimpsest.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Slows guesses down without locking anybody out: after some failures each further attempt has to
 * wait twice as long as the one before it, up to a limit; an attempt that comes too early is not
 * looked at and makes nothing longer.
 *
 * <p>Failures count for the name that was tried and for the address that tried. From an address
 * where the person signed in before, they count for the two together and not for the name alone, so
 * that guesses made elsewhere keep nobody waiting. All is kept in memory, for this process alone.
 */
public final class Throttle {
  private static final Limit NAME = new Limit("name ", 5, Duration.ofSeconds(30));
  private static final Limit ADDRESS = new Limit("address ", 20, Duration.ofMinutes(1));

  private static final Duration FORGOTTEN = Duration.ofHours(1);
  private static final int MOST = 20_000;

  private final Clock clock;
  private final Map<String, Failures> failures = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  /** How many failures are free, and the longest wait after them. */
  private record Limit(String what, int free, Duration longest) {}

  private record Failures(int count, Instant last) {
    static final Failures NONE = new Failures(0, Instant.MIN);
  }

  public Throttle(Clock clock) {
    this.clock = clock;
  }

  /**
   * Returns how long an attempt has to wait still; zero if it may be looked at now.
   *
   * @param name that is tried, whether somebody has it or not
   */
  public synchronized Duration wait(String name, String address) {
    Duration byName = wait(NAME, nameKey(name, address));
    Duration byAddress = wait(ADDRESS, ADDRESS.what() + address);
    return byName.compareTo(byAddress) > 0 ? byName : byAddress;
  }

  private Duration wait(Limit limit, String key) {
    Failures found = failures.getOrDefault(key, Failures.NONE);
    int over = found.count() - limit.free();
    if (over < 0) {
      return Duration.ZERO;
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(over, 10));
    Duration capped = pause.compareTo(limit.longest()) > 0 ? limit.longest() : pause;
    Duration left = Duration.between(Instant.now(clock), found.last().plus(capped));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Notes an attempt that was looked at and was wrong. */
  public synchronized void failed(String name, String address) {
    makeRoom();
    for (String key : List.of(nameKey(name, address), ADDRESS.what() + address)) {
      Failures before = failures.getOrDefault(key, Failures.NONE);
      failures.put(key, new Failures(before.count() + 1, Instant.now(clock)));
    }
  }

  /** Notes an attempt that was right. The address keeps its failures: it may guess other names. */
  public synchronized void succeeded(String name, String address) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.add(pair(name, address));
    failures.remove(nameKey(name, address)); // those of the pair; those of the name stay
  }

  private String nameKey(String name, String address) {
    String pair = pair(name, address);
    return NAME.what() + (known.contains(pair) ? pair : name);
  }

  /** A line feed is in neither. */
  private static String pair(String name, String address) {
    return name + "\n" + address;
  }

  /** Forgets what is long ago; where that is not enough, everything. */
  private void makeRoom() {
    if (failures.size() < MOST) {
      return;
    }
    Instant oldest = Instant.now(clock).minus(FORGOTTEN);
    List<String> old = new ArrayList<>();
    failures.forEach(
        (key, found) -> {
          if (found.last().isBefore(oldest)) {
            old.add(key);
          }
        });
    old.forEach(failures::remove);
    if (failures.size() >= MOST) {
      failures.clear();
    }
  }
}
