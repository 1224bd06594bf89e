package dev.palimpsest.decoder.text.jinja;

/**
 * What one rendering may use.
 *
 * <p>The limits are far above the largest chat: a rendering that meets one is a loop that grows,
 * not a long conversation.
 */
final class Budget {
  /** Characters or entries of one value, and of the output. */
  static final int MAX_SIZE = 10_000_000;

  /** Entries of a range, as in Jinja's own sandbox. */
  static final int MAX_RANGE = 100_000;

  private static final int MAX_STEPS = 2_000_000;
  private static final long MAX_WORK = 200_000_000;
  private static final int VISIT = 64;
  private static final int MAX_DEPTH = 400;

  private int steps;
  private long work;
  private int depth;

  /** Counts one evaluated node. */
  void step() {
    if (++steps > MAX_STEPS) {
      throw new TemplateException("the chat template runs for too long; simplify its loops");
    }
  }

  /** Counts characters or entries that are read or made. */
  void work(long amount) {
    work += amount;
    if (work > MAX_WORK) {
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
