package dev.palimpsest.audit.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.review.ItemSelection.Order;
import dev.palimpsest.audit.verdict.ItemCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lists of items, and what lost ones have in common. */
final class ItemSelectionTest {
  private static final double NONE = Double.NaN;

  private static final ItemIndex INDEX =
      ItemIndex.of(
          List.of(
              entry("knowledge", "a", "k-1", Change.LOST, false, -2.0, "geography"),
              entry("knowledge", "a", "k-2", Change.LOST, false, NONE, "history"),
              entry("knowledge", "a", "k-3", Change.LOST, false, -5.0, "geography"),
              entry("knowledge", "a", "k-4", Change.BOTH_RIGHT, false, 0.1, "geography"),
              entry("knowledge", "a", "k-5", Change.BOTH_RIGHT, true, 3.0, "history"),
              entry("knowledge", "b", "k-1", Change.GAINED, false, 4.0, "geography"),
              entry("reasoning", "b", "r-1", Change.LOST, false, -1.0, "")));

  @Test
  void choicesAreCombinedAndEachIsCountedWhileTheOthersStand() {
    ItemSelection selection =
        select(Map.of(Facet.CHANGE, "lost", Facet.TUNED, "a", Facet.TOPIC, "geography"));
    assertThat(ids(selection)).containsExactly("k-3", "k-1");
    assertThat(selection.counts().get(Facet.TOPIC)).isEqualTo(Map.of("geography", 2, "history", 1));
    assertThat(selection.totals()).containsEntry(Facet.TOPIC, 3).containsEntry(Facet.TUNED, 2);
    assertThat(selection.count(Facet.CHANGE, "both_right")).isEqualTo(1);
    assertThat(selection.count(Facet.CHANGE, "gained")).isZero();
  }

  @Test
  void anItemWhoseTextAloneChangedIsBothRightToo() {
    assertThat(ids(select(Map.of(Facet.CHANGE, Facet.TEXT)))).containsExactly("k-4");
    assertThat(select(Map.of()).count(Facet.CHANGE, "both_right")).isEqualTo(2);
    assertThat(select(Map.of()).totals()).containsEntry(Facet.CHANGE, 7);
  }

  @Test
  void theCauseOfALossIsAFacet() {
    assertThat(ids(select(Map.of(Facet.CELL, "knowledge_loss"))))
        .containsExactly("k-3", "k-1", "k-2");
    assertThat(select(Map.of()).count(Facet.CELL, "kept")).isEqualTo(2);
  }

  @Test
  void theLargestChangeComesFirstWhicheverWayAndItemsWithoutOneKeepTheirOrder() {
    assertThat(ids(select(Map.of())))
        .containsExactly("k-3", "k-1", "k-5", "k-1", "r-1", "k-4", "k-2");
    assertThat(ids(ItemSelection.of(INDEX, Map.of(), entry -> true, Order.PLAN)))
        .containsExactly("k-1", "k-2", "k-3", "k-4", "k-5", "k-1", "r-1");
  }

  @Test
  void whatLostItemsHaveInCommonIsSaidWithTheTestBehindIt() {
    List<ItemEntry> entries = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      boolean geography = i < 20;
      boolean lost = geography ? i < 15 : i < 25;
      entries.add(
          entry(
              "knowledge",
              "a",
              "k-" + i,
              lost ? Change.LOST : Change.BOTH_RIGHT,
              !lost,
              0,
              geography ? "geography" : "history"));
    }
    assertThat(LostInCommon.sentence(entries, entry -> 100))
        .isEqualTo(
            "Of the 20 lost items 15 are of topic geography (75%, against 20% of all that could be"
                + " lost; p < 0.0001) (Holm over 2 properties).");
  }

  @Test
  void lengthIsAPropertyAndLikeItemsAreSaidToBeLike() {
    List<ItemEntry> entries = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Change change = i % 3 == 0 ? Change.LOST : Change.BOTH_RIGHT;
      entries.add(entry("knowledge", "a", "k-" + i, change, false, 0, "things"));
    }
    assertThat(LostInCommon.sentence(entries, entry -> entry.change() == Change.LOST ? 300 : 100))
        .contains("20 have a prompt of more than 100 characters");
    assertThat(
            LostInCommon.sentence(entries, entry -> Integer.parseInt(entry.itemId().substring(2))))
        .startsWith("The lost items are like the kept ones in length of prompt: smallest p = ");
  }

  @Test
  void fewLossesHaveNothingInCommonYet() {
    assertThat(LostInCommon.sentence(INDEX.entries().subList(0, 5), entry -> 1))
        .isEqualTo("Too few items are lost to say what they have in common.");
    assertThat(LostInCommon.sentence(INDEX.entries().subList(3, 5), entry -> 1)).isEmpty();
  }

  private static ItemSelection select(Map<Facet, String> chosen) {
    return ItemSelection.of(INDEX, chosen, entry -> true, Order.SHIFT);
  }

  private static List<String> ids(ItemSelection selection) {
    return selection.entries().stream().map(ItemEntry::itemId).toList();
  }

  private static ItemEntry entry(
      String suite,
      String tuned,
      String id,
      Change change,
      boolean same,
      double shift,
      String topic) {
    Optional<ItemCell> cell =
        switch (change) {
          case LOST -> Optional.of(ItemCell.KNOWLEDGE_LOSS);
          case BOTH_RIGHT -> Optional.of(ItemCell.KEPT);
          default -> Optional.empty();
        };
    return new ItemEntry(
        suite,
        tuned,
        new PairBrief(id, change, same, 1, 1 + shift),
        "",
        topic,
        id,
        suite.equals("knowledge") && tuned.equals("a") ? cell : Optional.empty());
  }
}
