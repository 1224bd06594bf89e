package dev.palimpsest.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An even sample of a stream whose length is not known, the same for the same stream (Vitter 1985,
 * algorithm R).
 */
public final class Reservoir<T> {
  private static final long SEED = 20_260_101;

  private final int most;
  private final Random random = new Random(SEED);
  private final List<T> kept = new ArrayList<>();
  private int seen;

  /** Creates an empty sample of at most so many. */
  public Reservoir(int most) {
    this.most = most;
  }

  /** Sees the next one. */
  public void see(T next) {
    seen++;
    if (kept.size() < most) {
      kept.add(next);
      return;
    }
    int place = random.nextInt(seen);
    if (place < most) {
      kept.set(place, next);
    }
  }

  /** Returns how many were seen. */
  public int seen() {
    return seen;
  }

  /** Returns the sample, in no order. */
  public List<T> kept() {
    return List.copyOf(kept);
  }
}
