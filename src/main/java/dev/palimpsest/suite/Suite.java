package dev.palimpsest.suite;

import dev.palimpsest.suite.check.InvalidField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** A named, versioned set of items that probes one capability. Immutable. */
public final class Suite {
  private final SuiteInfo info;
  private final List<Item> items;
  private final List<Item> shots;
  private final Map<String, Item> byId = new HashMap<>();
  private String digest;

  /**
   * Makes a suite.
   *
   * @param info what suite.json says
   * @param items in the order of the file, all of the metric's kind
   * @param shots worked examples apart from the items; [] for none
   */
  public Suite(SuiteInfo info, List<Item> items, List<Item> shots) {
    this.info = Objects.requireNonNull(info, "info is null");
    this.items = List.copyOf(items);
    this.shots = List.copyOf(shots);
    if (items.isEmpty()) {
      throw new InvalidField("items", "no item", "at least one item");
    }
    for (Item item : items) {
      if (byId.put(item.id(), item) != null) {
        throw new InvalidField("id", item.id() + " a second time", "ids that all differ");
      }
    }
    for (String id : severe()) {
      if (!byId.containsKey(id)) {
        throw new InvalidField("severe", id, "ids of items that the suite has");
      }
    }
  }

  /** Makes a suite without worked examples. */
  public Suite(SuiteInfo info, List<Item> items) {
    this(info, items, List.of());
  }

  /** Returns what suite.json says. */
  public SuiteInfo info() {
    return info;
  }

  /** Returns the items in the order of the file. */
  public List<Item> items() {
    return items;
  }

  /** Returns worked examples apart from the items. */
  public List<Item> shots() {
    return shots;
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

  /**
   * Tells whether a gate can hang on it: its answers are right or wrong, and it does not say that
   * it is only described.
   */
  public boolean isGated() {
    return info.isGated();
  }

  /**
   * Returns the largest acceptable drop unless a plan says otherwise, in (0, 1); 0 for a suite that
   * is not judged.
   */
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
    return info.isCore();
  }

  /** Tells whether it asks for the skill that the tune was made for. */
  public boolean isSkill() {
    return info.more().skill() != null && info.more().skill();
  }

  /** Returns the ids of the items of which a lost one fails a release by itself. */
  public List<String> severe() {
    return info.more().severe() == null ? List.of() : info.more().severe();
  }

  /** Returns how many clusters the items fall into; items of one are not independent. */
  public int clusters() {
    return (int) items.stream().map(Item::cluster).distinct().count();
  }

  /** Returns the item with the given id. */
  public Optional<Item> item(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Returns the sha256 of the suite's content, lower-case hex.
   *
   * <p>It is taken over the RFC 8785 form of {@code {"items": [… sorted by id], "suite": {…}}}, so
   * line order, spaces and key order do not matter and every word of an item does.
   */
  public synchronized String digest() {
    if (digest == null) {
      digest = SuiteDigest.of(this);
    }
    return digest;
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
    return sample(items, n, seed);
  }

  /** Draws from some of its items as from all of them. */
  public List<Item> sample(List<Item> some, int n, long seed) {
    return StratifiedSample.draw(some, n, seed);
  }
}
