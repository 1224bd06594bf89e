package dev.palimpsest.decoder.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PrefixGroupsTest {
  @Test
  void promptsWithNothingInCommonStayTogetherWithoutAPrefix() {
    List<PrefixGroups.Group<int[]>> groups = group(prompt(1, 50), prompt(2, 50), prompt(3, 50));
    assertThat(groups).singleElement().extracting(PrefixGroups.Group::prefix).isEqualTo(0);
    assertThat(groups.get(0).members()).hasSize(3);
  }

  @Test
  void aSystemPromptIsSharedByAllThatBeginWithIt() {
    List<PrefixGroups.Group<int[]>> groups =
        group(prompt(1, 100, 7), prompt(1, 100, 8, 9), prompt(2, 30));
    assertThat(groups).extracting(PrefixGroups.Group::prefix).containsExactly(100, 0);
    assertThat(groups.get(0).members()).hasSize(2);
  }

  @Test
  void longerPrefixesWithinASystemPromptAreSharedWhereThatSavesMore() {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      prompts.add(prompt(1, 100, fill(50, 300, i)));
      prompts.add(prompt(1, 100, fill(51, 300, i)));
    }
    List<PrefixGroups.Group<int[]>> groups = PrefixGroups.of(prompts, p -> p);
    assertThat(groups).extracting(PrefixGroups.Group::prefix).containsExactly(400, 400);
  }

  @Test
  void oneTokenOfEachPromptIsLeft() {
    List<PrefixGroups.Group<int[]>> groups = group(prompt(1, 100), prompt(1, 100));
    assertThat(groups).singleElement().extracting(PrefixGroups.Group::prefix).isEqualTo(99);
  }

  @Test
  void aShortCommonBeginningIsNotWorthAPass() {
    List<PrefixGroups.Group<int[]>> groups = group(prompt(1, 5, 7), prompt(1, 5, 8));
    assertThat(groups).singleElement().extracting(PrefixGroups.Group::prefix).isEqualTo(0);
  }

  @Test
  void manyThousandPromptsMayBeginAlike() {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      prompts.add(prompt(1, 60, i));
    }
    assertThat(PrefixGroups.of(prompts, p -> p))
        .singleElement()
        .satisfies(group -> assertThat(group.prefix()).isEqualTo(60))
        .satisfies(group -> assertThat(group.members()).hasSize(50_000));
  }

  /** Two halves of eight share 100 tokens more than all sixteen do, which saves 1,400. */
  @Test
  void aGroupThatCostsMoreThanItSavesIsNotMade() {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      int kind = i < 8 ? 2 : 3;
      prompts.add(prompt(1, 40, IntStream.range(0, 101).map(n -> n < 100 ? kind : n).toArray()));
      prompts.get(i)[140] = i;
    }
    assertThat(PrefixGroups.of(prompts, p -> p, 1_300))
        .extracting(PrefixGroups.Group::prefix)
        .containsExactly(140, 140);
    assertThat(PrefixGroups.of(prompts, p -> p, 1_400))
        .extracting(PrefixGroups.Group::prefix)
        .containsExactly(40);
  }

  @Test
  void whatIsNotWorthAGroupStaysTogetherWithoutOne() {
    int[][] prompts = {prompt(1, 50, 1), prompt(1, 50, 2), prompt(1, 50, 3), prompt(2, 50, 4)};
    assertThat(PrefixGroups.of(List.of(prompts), p -> p, 1_000))
        .singleElement()
        .satisfies(group -> assertThat(group.prefix()).isEqualTo(0))
        .satisfies(group -> assertThat(group.members()).hasSize(4));
  }

  @Test
  void noPromptsHaveNoGroups() {
    assertThat(group()).isEmpty();
  }

  private static List<PrefixGroups.Group<int[]>> group(int[]... prompts) {
    return PrefixGroups.of(List.of(prompts), p -> p);
  }

  /** The same token so many times, then some others. */
  private static int[] prompt(int token, int times, int... rest) {
    return IntStream.concat(IntStream.generate(() -> token).limit(times), IntStream.of(rest))
        .toArray();
  }

  private static int[] fill(int token, int times, int last) {
    return prompt(token, times, last);
  }
}
