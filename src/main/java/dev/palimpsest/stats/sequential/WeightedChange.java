package dev.palimpsest.stats.sequential;

/**
 * What one item of a sequence says of the drop: Z = (ξ / π) d, where d is 1 for a lost item, −1 for
 * a gained one and 0 for any other, π the probability with which it was taken and ξ whether it was.
 * Its mean is the drop, whatever the π are, as long as they depend on what came before and on the
 * base alone (Horvitz and Thompson, 1952).
 *
 * @param z Z, in [−bound, bound]; 0 for an item that was not taken
 * @param bound 1 / π of the least likely item that the rule in force could take, at least 1
 */
public record WeightedChange(double z, double bound) {
  public WeightedChange {
    if (!(bound >= 1) || !(Math.abs(z) <= bound)) {
      throw new IllegalArgumentException("no weighted change: " + z + " within " + bound);
    }
  }

  /** Returns an item that everyone was asked. */
  public static WeightedChange plain(int change) {
    return new WeightedChange(change, 1);
  }
}
