package dev.palimpsest.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Draws a form of a suite by a seed: fresh items where a generator writes them, otherwise a
 * stratified sample of its items. The same seed gives the same form.
 *
 * @param seed another than that of the published form, where there is a generator
 * @param items how many; empty for as many as a standard audit draws
 */
public record SuiteDraw(long seed, OptionalInt items) {
  /** So many times the items are written, that enough of them are new. */
  private static final int ENOUGH = 4;

  private static final int MOST = 100_000;

  /**
   * A drawn form.
   *
   * @param suite under an id of its own, the published one's with the seed
   * @param fresh whether a generator wrote it
   * @param alsoPublished items of a fresh form that are word for word in the published one, choices
   *     in any order; 0 for a sample
   */
  public record Form(Suite suite, boolean fresh, int alsoPublished) {}

  /**
   * Draws from a suite's folder.
   *
   * @throws SuiteException if the folder holds no sound suite, the seed is the published form's, or
   *     there are not so many items
   */
  public Form from(Path folder) {
    SuiteLoader loader = new SuiteLoader(folder);
    Suite published = loader.load();
    GeneratedItems own = published.info().more().generated();
    return own == null ? sampled(published) : written(published, own, loader);
  }

  /** Draws from a suite that comes with the program. */
  public Form fromBundled(String id) {
    return from(SuiteLibrary.bundledFolder(SuiteLibrary.bundled().suite(id).id()));
  }

  private Form sampled(Suite published) {
    int there = published.items().size();
    int count = count(Math.min(published.draw().standard(), there));
    if (count > there) {
      throw new SuiteException(
          "--items", 0, "", String.valueOf(count), "at most " + there + ", as the suite has");
    }
    return new Form(form(published, published.sample(count, seed)), false, 0);
  }

  private Form written(Suite published, GeneratedItems own, SuiteLoader loader) {
    if (seed == own.seed()) {
      throw new SuiteException(
          "--seed",
          0,
          "",
          seed + ", with which the published form of " + published.id() + " was drawn",
          "another number");
    }
    int standard = published.draw().standard();
    int count = count(standard == Integer.MAX_VALUE ? own.items() : standard);
    Suite fresh = loader.fresh(seed, count);
    if (fresh.items().size() < count) {
      throw new SuiteException(
          "--items",
          0,
          "",
          String.valueOf(count),
          "at most " + fresh.items().size() + ", as " + own.by() + " can write of so many");
    }
    FreshForm form = new FreshForm(published.items());
    List<Item> drawn = form.choose(fresh.items(), loader.fresh(seed, ENOUGH * count).items());
    return new Form(form(published, drawn), true, form.countPublished(drawn));
  }

  private int count(int standard) {
    int count = items.orElse(standard);
    if (count < 1 || count > MOST) {
      throw new SuiteException("--items", 0, "", String.valueOf(count), "1 to " + MOST);
    }
    return count;
  }

  private Suite form(Suite published, List<Item> drawn) {
    String from =
        "%s; drawn from %s %s by the seed %d"
            .formatted(published.info().source(), published.id(), published.version(), seed);
    return new Suite(
        published.info().drawn(published.id() + "-" + seed, from), drawn, published.shots());
  }
}
