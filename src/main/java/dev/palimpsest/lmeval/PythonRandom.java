package dev.palimpsest.lmeval;

import java.util.HashSet;
import java.util.Set;

/**
 * Python's {@code random.Random}: the same seed draws the same samples.
 *
 * <p>Sources: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), with
 * init_by_array of their mt19937ar; CPython 3.11, Lib/random.py (sample, _randbelow) and
 * Modules/_randommodule.c (seed, getrandbits).
 */
final class PythonRandom {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;
  private static final int UPPER = 0x80000000;
  private static final int SMALL_SET = 21;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  /** Seeds as {@code Random(seed)} does: a negative seed is as its absolute value. */
  PythonRandom(long seed) {
    long positive = Math.abs(seed);
    int high = (int) (positive >>> Integer.SIZE);
    initialise(high == 0 ? new int[] {(int) positive} : new int[] {(int) positive, high});
  }

  private void initialise(int[] key) {
    state[0] = 19650218;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1812433253 * mixed(i - 1) + i;
    }
    int i = 1;
    int j = 0;
    for (int k = Math.max(SIZE, key.length); k > 0; k--) {
      state[i] = (state[i] ^ (mixed(i - 1) * 1664525)) + key[j] + j;
      i = following(i);
      j = (j + 1) % key.length;
    }
    for (int k = SIZE - 1; k > 0; k--) {
      state[i] = (state[i] ^ (mixed(i - 1) * 1566083941)) - i;
      i = following(i);
    }
    state[0] = UPPER;
  }

  private int mixed(int i) {
    return state[i] ^ (state[i] >>> 30);
  }

  private int following(int i) {
    if (i + 1 < SIZE) {
      return i + 1;
    }
    state[0] = state[SIZE - 1];
    return 1;
  }

  private int bits32() {
    if (next == SIZE) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9D2C5680;
    y ^= (y << 15) & 0xEFC60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < SIZE; i++) {
      int y = (state[i] & UPPER) | (state[(i + 1) % SIZE] & ~UPPER);
      state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
    }
    next = 0;
  }

  /** Returns so many random bits, from 1 to 32, as an unsigned number. */
  long bits(int count) {
    return Integer.toUnsignedLong(bits32()) >>> (Integer.SIZE - count);
  }

  /** Returns a number from 0 to {@code bound} - 1. */
  private int below(int bound) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
    long drawn = bits(bits);
    while (drawn >= bound) {
      drawn = bits(bits);
    }
    return (int) drawn;
  }

  /**
   * Returns the indices that {@code sample(range(population), count)} returns.
   *
   * @param count from 0 to {@code population}
   */
  int[] sample(int population, int count) {
    if (count < 0 || count > population) {
      throw new IllegalArgumentException("a sample of " + count + " out of " + population);
    }
    return population <= setSize(count)
        ? fromPool(population, count)
        : byRejection(population, count);
  }

  /** The room of a set of so many, as CPython reckons it to choose between its two ways. */
  private static long setSize(int count) {
    long size = SMALL_SET;
    if (count > 5) {
      size += (long) Math.pow(4, Math.ceil(Math.log(count * 3.0) / Math.log(4)));
    }
    return size;
  }

  private int[] fromPool(int population, int count) {
    int[] pool = new int[population];
    for (int i = 0; i < population; i++) {
      pool[i] = i;
    }
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(population - i);
      drawn[i] = pool[j];
      pool[j] = pool[population - i - 1];
    }
    return drawn;
  }

  private int[] byRejection(int population, int count) {
    Set<Integer> seen = new HashSet<>();
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(population);
      while (!seen.add(j)) {
        j = below(population);
      }
      drawn[i] = j;
    }
    return drawn;
  }
}
