package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One suite as an audit runs it; frozen with the plan.
 *
 * @param suite id
 * @param version the suite's version
 * @param digest sha256 of the suite's content
 * @param capability what it probes
 * @param metric "accuracy", "pass_rate", "aligned_rate", "truthful_rate", "careful_rate" or "loss"
 * @param itemIds the items that are run, in the order they are run
 * @param margin the largest acceptable drop δ, in (0, 1); 0 where the metric is loss
 * @param chance the score of blind guessing, in [0, 1); 0 where the suite has no chance level
 * @param tiers each item's tier ("easy", "medium", "hard") by item id, for the report's breakdown;
 *     may be empty
 * @param topics each item's topic by item id; may be empty
 * @param clusters what items that are not independent share, by item id; an item without one stands
 *     alone
 * @param languages the language of each item's text by item id, where items differ in it
 * @param skill whether it asks for the skill that the tune was made for
 * @param population how many items the suite has, of which {@code itemIds} were drawn; 0 where that
 *     is not known
 */
public record PlannedSuite(
    String suite,
    String version,
    String digest,
    String capability,
    String metric,
    List<String> itemIds,
    double margin,
    double chance,
    Map<String, String> tiers,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> topics,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> clusters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> languages,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean skill,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int population) {
  private static final String LOSS = "loss";

  public PlannedSuite {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(version, "version is null");
    Objects.requireNonNull(digest, "digest is null");
    Objects.requireNonNull(capability, "capability is null");
    Objects.requireNonNull(metric, "metric is null");
    itemIds = List.copyOf(itemIds);
    tiers = Map.copyOf(tiers);
    topics = topics == null ? Map.of() : Map.copyOf(topics);
    clusters = clusters == null ? Map.of() : Map.copyOf(clusters);
    languages = languages == null ? Map.of() : Map.copyOf(languages);
    if (!(margin > 0 && margin < 1) && !(margin == 0 && metric.equals(LOSS))) {
      throw new PlanException(
          "The margin of suite " + suite + " is " + margin + "; it should be between 0 and 1.");
    }
    if (!(chance >= 0 && chance < 1)) {
      throw new PlanException(
          "The chance level of suite "
              + suite
              + " is "
              + chance
              + "; it should be at least 0 and below 1.");
    }
  }

  /** Makes a suite of which topics and clusters are not known. */
  public PlannedSuite(
      String suite,
      String version,
      String digest,
      String capability,
      String metric,
      List<String> itemIds,
      double margin,
      double chance,
      Map<String, String> tiers) {
    this(
        suite,
        version,
        digest,
        capability,
        metric,
        itemIds,
        margin,
        chance,
        tiers,
        Map.of(),
        Map.of(),
        Map.of(),
        false);
  }

  /** Makes a suite of which it is not known how many items it has. */
  public PlannedSuite(
      String suite,
      String version,
      String digest,
      String capability,
      String metric,
      List<String> itemIds,
      double margin,
      double chance,
      Map<String, String> tiers,
      Map<String, String> topics,
      Map<String, String> clusters,
      Map<String, String> languages,
      boolean skill) {
    this(
        suite,
        version,
        digest,
        capability,
        metric,
        itemIds,
        margin,
        chance,
        tiers,
        topics,
        clusters,
        languages,
        skill,
        0);
  }

  /** Returns the same suite with some of its items alone. */
  public PlannedSuite only(Collection<String> ids) {
    return new PlannedSuite(
        suite,
        version,
        digest,
        capability,
        metric,
        itemIds.stream().filter(ids::contains).toList(),
        margin,
        chance,
        tiers,
        topics,
        clusters,
        languages,
        skill,
        population);
  }

  /** Tells whether it measures the loss of plain texts, which is described and never a gate. */
  public boolean measuresText() {
    return metric.equals(LOSS);
  }

  /** Returns what an item shares with those that it depends on; its id where it stands alone. */
  public String cluster(String itemId) {
    return clusters.getOrDefault(itemId, itemId);
  }
}
