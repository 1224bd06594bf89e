package dev.palimpsest.jinja;

/**
 * What one rendering may use.
 *
 * <p>The limits are far above the largest chat: a rendering that meets one is a loop that grows,
 * not a long conversation. They grow with the data, as there are templates that walk every
 * character of every message, that look through all messages for each of them, or that join the
 * text up to each.
 */
final class Budget {
  /** Characters or entries of one value, and of the output. */
  static final int MAX_SIZE = 10_000_000;

  /** Entries of a range, as in Jinja's own sandbox. */
  static final int MAX_RANGE = 100_000;

  private static final long STEPS = 20_000_000;
  private static final long STEPS_FOR_EACH = 64;
  private static final long WORK = 200_000_000;
  private static final long WORK_FOR_EACH = 512;
  private static final int VISIT = 64;
  private static final int MAX_DEPTH = 400;

  private final long maxSteps;
  private final long maxWork;
  private long steps;
  private long work;
  private int depth;

  /**
   * Makes a budget.
   *
   * @param dataSize characters and entries of the variables
   */
  Budget(long dataSize) {
    maxSteps = STEPS + STEPS_FOR_EACH * dataSize;
    maxWork = WORK + WORK_FOR_EACH * dataSize;
  }

  /** Counts one evaluated node. */
  void step() {
    if (++steps > maxSteps) {
      throw new TemplateException("the chat template runs for too long; simplify its loops");
    }
  }

  /** Counts characters or entries that are read or made. */
  void work(long amount) {
    work += amount;
    if (work > maxWork) {
      throw new TemplateException("the chat template handles too much text; simplify its loops");
    }
  }

  /** Counts one list or map that is walked through; it costs more than the characters of a text. */
  void visit() {
    work(VISIT);
  }

  /** Counts a value about to be made, before its memory is taken. */
  void make(long size) {
    if (size > MAX_SIZE) {
      throw new TemplateException(
          "the chat template makes a text or list of %,d entries; at most %,d are allowed"
              .formatted(size, MAX_SIZE));
    }
    work(size);
  }

  /** Goes one level deeper; every call needs its {@link #leave()}. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new TemplateException("the chat template or its data is nested too deeply");
    }
  }

  void leave() {
    depth--;
  }
}
