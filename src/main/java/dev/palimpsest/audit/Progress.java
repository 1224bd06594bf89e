package dev.palimpsest.audit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How far a running audit is, and about how long it still takes. Threads may share it. */
final class Progress {
  private final String auditId;
  private final int total;
  private final Map<String, Integer> remaining;
  private final Map<String, Pace> paces = new HashMap<>();
  private final Consumer<AuditStatus> listener;
  private int done;
  private String step = "Starting";

  /**
   * Starts counting.
   *
   * @param done outcomes there are
   * @param remaining outcomes still missing, by suite
   * @param listener hears of every change
   */
  Progress(
      String auditId, int done, Map<String, Integer> remaining, Consumer<AuditStatus> listener) {
    this.auditId = auditId;
    this.done = done;
    this.remaining = new HashMap<>(remaining);
    this.total = done + remaining.values().stream().mapToInt(Integer::intValue).sum();
    this.listener = listener;
  }

  /** Says what is being done now. */
  void say(String what) {
    synchronized (this) {
      step = what;
    }
    listener.accept(status());
  }

  /**
   * Counts a finished batch.
   *
   * @param items outcomes stored
   * @param computed how many of them took time, the others were cached
   */
  void count(String suite, int items, int computed, Duration took) {
    synchronized (this) {
      done += items;
      remaining.merge(suite, -items, Integer::sum);
      paces.computeIfAbsent(suite, name -> new Pace()).add(computed, took);
    }
    listener.accept(status());
  }

  synchronized AuditStatus status() {
    return new AuditStatus(auditId, AuditState.RUNNING, done, total, step, secondsLeft(), "");
  }

  private long secondsLeft() {
    double known =
        paces.values().stream()
            .filter(Pace::isKnown)
            .mapToDouble(Pace::secondsPerItem)
            .average()
            .orElse(-1);
    if (known < 0) {
      return -1;
    }
    double seconds = 0;
    for (Map.Entry<String, Integer> left : remaining.entrySet()) {
      Pace pace = paces.get(left.getKey());
      seconds +=
          left.getValue() * (pace == null || !pace.isKnown() ? known : pace.secondsPerItem());
    }
    return Math.round(seconds);
  }

  /** What an item of one suite takes. */
  private static final class Pace {
    private int items;
    private double seconds;

    void add(int computed, Duration took) {
      if (computed > 0) {
        items += computed;
        seconds += took.toNanos() / 1e9;
      }
    }

    boolean isKnown() {
      return items > 0;
    }

    double secondsPerItem() {
      return seconds / items;
    }
  }
}
