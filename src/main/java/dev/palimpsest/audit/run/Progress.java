package dev.palimpsest.audit.run;

import dev.palimpsest.suite.Item;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** How far a running audit is, and about how long it still takes. Threads may share it. */
final class Progress {
  private final String auditId;
  private int total;
  private final Map<Effort.Kind, Pace> paces = new EnumMap<>(Effort.Kind.class);
  private final Consumer<AuditStatus> listener;
  private Effort remaining;
  private int done;
  private String step = "Starting";

  /**
   * Starts counting.
   *
   * @param done outcomes there are
   * @param missing outcomes there are not
   * @param remaining what it takes to make them
   * @param listener hears of every change
   */
  Progress(
      String auditId, int done, int missing, Effort remaining, Consumer<AuditStatus> listener) {
    this.auditId = auditId;
    this.done = done;
    this.total = done + missing;
    this.remaining = remaining;
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
   * @param effort what the batch would have taken
   * @param computed the share of it that took time, the rest was cached
   */
  void count(int items, Effort effort, Effort computed, Duration took) {
    synchronized (this) {
      done += items;
      remaining = remaining.minus(effort);
      computed
          .byKind()
          .forEach(
              (kind, amount) -> paces.computeIfAbsent(kind, name -> new Pace()).add(amount, took));
    }
    listener.accept(status());
  }

  /** Expects so much from now on, where gates end early and nobody knows when. */
  synchronized void expect(Collection<Item> missing) {
    total = done + missing.size();
    remaining = Effort.of(missing);
  }

  synchronized AuditStatus status() {
    return new AuditStatus(auditId, AuditState.RUNNING, done, total, step, secondsLeft(), "");
  }

  /** One kind of work says nothing about the other, so there is no estimate before both ran. */
  private long secondsLeft() {
    double seconds = 0;
    for (Effort.Kind kind : Effort.Kind.values()) {
      double amount = remaining.of(kind);
      Pace pace = paces.get(kind);
      if (amount > 0 && (pace == null || !pace.isKnown())) {
        return -1;
      }
      seconds += amount == 0 ? 0 : amount * pace.secondsPerUnit();
    }
    return Math.round(seconds);
  }

  /** What a unit of one kind of work takes. The first batch warms the engine up: it is left out. */
  private static final class Pace {
    private int batches;
    private double units;
    private double seconds;

    void add(double amount, Duration took) {
      if (batches++ > 0) {
        units += amount;
        seconds += took.toNanos() / 1e9;
      }
    }

    boolean isKnown() {
      return units > 0;
    }

    double secondsPerUnit() {
      return seconds / units;
    }
  }
}
