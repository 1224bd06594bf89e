package dev.palimpsest.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.suite.margin.MarginItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A quick plan draws the same items for every checkpoint, tier by tier. */
final class SuiteSampleTest {
  @Test
  void tiers_keep_their_shares() {
    List<Item> drawn = suite(100, 60, 40).sample(50, 7);

    assertThat(drawn).hasSize(50).doesNotHaveDuplicates();
    assertThat(count(drawn, Tier.EASY)).isEqualTo(25);
    assertThat(count(drawn, Tier.MEDIUM)).isEqualTo(15);
    assertThat(count(drawn, Tier.HARD)).isEqualTo(10);
  }

  @Test
  void what_does_not_divide_goes_to_the_largest_remainder() {
    // 10 of 50/30/17: 5.15, 3.09, 1.75
    List<Item> drawn = suite(50, 30, 17).sample(10, 7);

    assertThat(count(drawn, Tier.EASY)).isEqualTo(5);
    assertThat(count(drawn, Tier.MEDIUM)).isEqualTo(3);
    assertThat(count(drawn, Tier.HARD)).isEqualTo(2);
  }

  @Test
  void the_same_seed_draws_the_same_items_whatever_the_order_of_the_file() {
    Suite suite = suite(30, 30, 30);
    List<Item> shuffled = new ArrayList<>(suite.items());
    Collections.shuffle(shuffled, new Random(1));

    assertThat(suite.sample(20, 7)).isEqualTo(suite.sample(20, 7));
    assertThat(new Suite(suite.info(), shuffled).sample(20, 7))
        .containsExactlyInAnyOrderElementsOf(suite.sample(20, 7));
    assertThat(suite.sample(20, 8)).isNotEqualTo(suite.sample(20, 7));
  }

  @Test
  void a_sample_comes_in_the_order_of_the_suite() {
    Suite suite = suite(30, 30, 30);
    List<Item> drawn = suite.sample(20, 7);

    assertThat(drawn).isEqualTo(suite.items().stream().filter(drawn::contains).toList());
  }

  @Test
  void more_than_there_is_draws_everything() {
    Suite suite = suite(3, 2, 1);

    assertThat(suite.sample(6, 7)).isEqualTo(suite.items());
    assertThat(suite.sample(1000, 7)).isEqualTo(suite.items());
    assertThatThrownBy(() -> suite.sample(0, 7)).hasMessageContaining("at least 1");
  }

  private static long count(List<Item> items, Tier tier) {
    return items.stream().filter(item -> item.tier() == tier).count();
  }

  private static Suite suite(int easy, int medium, int hard) {
    List<Item> items = new ArrayList<>();
    items.addAll(items(Tier.EASY, easy));
    items.addAll(items(Tier.MEDIUM, medium));
    items.addAll(items(Tier.HARD, hard));
    return new Suite(SuiteFiles.info(Metric.ALIGNED_RATE), items);
  }

  @Test
  void every_cluster_gives_one_item_before_any_gives_a_second() {
    List<Item> items =
        IntStream.range(0, 60)
            .<Item>mapToObj(
                i ->
                    way(
                        new Item.Head(
                            "c" + i, Tier.EASY, "money", "k" + i % 20, Conversation.NONE)))
            .toList();
    Suite suite = new Suite(SuiteFiles.info(Metric.ALIGNED_RATE), items);

    assertThat(suite.clusters()).isEqualTo(20);
    assertThat(suite.sample(20, 7)).extracting(Item::cluster).doesNotHaveDuplicates();
    assertThat(suite.sample(40, 7).stream().collect(Collectors.groupingBy(Item::cluster)))
        .hasSize(20)
        .allSatisfy((cluster, drawn) -> assertThat(drawn).hasSize(2));
  }

  private static Item way(Item.Head head) {
    return new MarginItem(head, "Question " + head.id(), "a", "b", MarginForm.LETTERS);
  }

  private static List<Item> items(Tier tier, int n) {
    return IntStream.range(0, n)
        .<Item>mapToObj(
            i ->
                new MarginItem(
                    new Item.Head(tier.label() + i, tier, "money"),
                    "Question " + tier + i,
                    "a",
                    "b",
                    MarginForm.LETTERS))
        .toList();
  }
}
