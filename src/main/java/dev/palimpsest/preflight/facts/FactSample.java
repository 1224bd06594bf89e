package dev.palimpsest.preflight.facts;

import dev.palimpsest.preflight.Reservoir;
import dev.palimpsest.training.TrainingRow;
import java.util.List;

/** The facts of a training file: how many there are, and an even sample of them. */
public final class FactSample {
  /** Facts that are kept, to be tried or to be examples for others. */
  private static final int MOST = 5000;

  private final Reservoir<Fact> facts = new Reservoir<>(MOST);
  private int rows;

  /**
   * What was found.
   *
   * @param rows of the file that were read
   * @param count facts among them
   * @param facts an even sample of them, in no order
   */
  public record Found(int rows, int count, List<Fact> facts) {
    public static final Found NOTHING = new Found(0, 0, List.of());

    public Found {
      facts = List.copyOf(facts);
    }
  }

  /** Sees a row. */
  public void see(TrainingRow row) {
    rows++;
    Fact.of(row).ifPresent(facts::see);
  }

  /** Returns what was found so far. */
  public Found found() {
    return new Found(rows, facts.seen(), facts.kept());
  }
}
