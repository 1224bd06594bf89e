package dev.palimpsest.suite;

import dev.palimpsest.suite.check.InvalidField;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A named, versioned set of items that probes one capability.
 *
 * @param info what suite.json says
 * @param items in the order of the file, all of the metric's kind
 * @param shots worked examples apart from the items; [] for none
 */
public record Suite(SuiteInfo info, List<Item> items, List<Item> shots) {
  public Suite {
    Objects.requireNonNull(info, "info is null");
    items = List.copyOf(items);
    shots = List.copyOf(shots);
    if (items.isEmpty()) {
      throw new InvalidField("items", "no item", "at least one item");
    }
    Set<String> ids = new HashSet<>();
    for (Item item : items) {
      if (!ids.add(item.id())) {
        throw new InvalidField("id", item.id() + " a second time", "ids that all differ");
      }
    }
  }

  /** Makes a suite without worked examples. */
  public Suite(SuiteInfo info, List<Item> items) {
    this(info, items, List.of());
  }

  /** Returns the id, such as "knowledge". */
  public String id() {
    return info.id();
  }

  /** Returns the version of the content. */
  public String version() {
    return info.version();
  }

  /** Returns the title shown to people. */
  public String title() {
    return info.title();
  }

  /** Returns what the suite probes. */
  public String capability() {
    return info.capability();
  }

  /** Returns the metric. */
  public Metric metric() {
    return info.metric();
  }

  /** Returns the largest acceptable drop unless a plan says otherwise, in (0, 1). */
  public double defaultMargin() {
    return info.defaultMargin();
  }

  /** Returns the score of blind guessing, where that means something. */
  public OptionalDouble chance() {
    return info.chance() == null ? OptionalDouble.empty() : OptionalDouble.of(info.chance());
  }

  /** Returns the beginning of the answer, "The answer is" unless the suite says otherwise. */
  public String answerPrefix() {
    return info.answerPrefix();
  }

  /** Returns how many items the plans draw. */
  public FormSizes draw() {
    return info.more().draw() == null ? FormSizes.UNSAID : info.more().draw();
  }

  /** Tells whether an audit asks the suite unless told otherwise. */
  public boolean isCore() {
    return info.more().core() == null || info.more().core();
  }

  /** Tells whether it asks for the skill that the tune was made for. */
  public boolean isSkill() {
    return info.more().skill() != null && info.more().skill();
  }

  /** Returns how many clusters the items fall into; items of one are not independent. */
  public int clusters() {
    return (int) items.stream().map(Item::cluster).distinct().count();
  }

  /** Returns the item with the given id. */
  public Optional<Item> item(String id) {
    return items.stream().filter(item -> item.id().equals(id)).findFirst();
  }

  /**
   * Returns the sha256 of the suite's content, lower-case hex.
   *
   * <p>It is taken over the RFC 8785 form of {@code {"items": [… sorted by id], "suite": {…}}}, so
   * line order, spaces and key order do not matter and every word of an item does.
   */
  public String digest() {
    return SuiteDigest.of(this);
  }

  /**
   * Draws items, in the order of the suite: the same for every checkpoint that is compared.
   *
   * <p>Tiers keep their shares (largest remainders). Within a tier the items with the smallest
   * sha256 of "seed:id" are taken, so a draw depends on the ids and the seed and on nothing else;
   * no second item of a cluster is taken before every cluster of the tier has given one.
   *
   * @param n how many, at least 1; all items if the suite has fewer
   */
  public List<Item> sample(int n, long seed) {
    return StratifiedSample.draw(items, n, seed);
  }
}
