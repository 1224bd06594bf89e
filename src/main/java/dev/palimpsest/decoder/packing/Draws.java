package dev.palimpsest.decoder.packing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The random numbers of each prompt: numbers of its own, made from the seed, the prompt's tokens
 * and how often the same prompt came before for the same model, so that it depends neither on the
 * batch nor on other prompts or models.
 */
final class Draws {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long[] requested;
  private final int[] models;
  private final long[] seeds;

  Draws(List<int[]> prompts, long[] requested, int[] models) {
    this.requested = requested;
    this.models = models;
    seeds = new long[prompts.size()];
    Map<List<Long>, Integer> seen = new HashMap<>();
    for (int i = 0; i < seeds.length; i++) {
      long hash = requested[i] * MIX ^ hash(prompts.get(i));
      long occurrence = seen.merge(List.of(hash, (long) models[i]), 1, Integer::sum);
      seeds[i] = hash ^ occurrence * Long.rotateLeft(MIX, 17);
    }
  }

  /** Returns the numbers of other prompts in the place of these. */
  Draws of(List<int[]> prompts) {
    return new Draws(prompts, requested, models);
  }

  private static long hash(int[] ids) {
    long hash = Arrays.hashCode(ids);
    for (int id : ids) {
      hash = (hash ^ id) * 0x100000001B3L; // FNV-1a
    }
    return hash;
  }

  /**
   * Returns the numbers of some steps of the given prompts, each prompt's one after the other.
   *
   * @param from the first step; a step's number does not depend on what was asked for before
   */
  float[] of(int[] prompts, int from, int steps) {
    float[] draws = new float[prompts.length * steps];
    for (int i = 0; i < draws.length; i++) {
      long step = (long) from + i % steps;
      SplittableRandom random = new SplittableRandom(seeds[prompts[i / steps]] + step * MIX);
      draws[i] = random.nextInt(1 << 24) * 0x1p-24f;
    }
    return draws;
  }
}
