package dev.palimpsest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.margin.MarginItem;
import dev.palimpsest.suite.text.TextItem;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every suite in the probes folder has to be. */
final class BundledSuitesTest {
  private static final int MIN_ITEMS = 160;
  private static final int MIN_PASSAGES = 110;

  static List<Suite> suites() {
    return List.copyOf(SuiteLibrary.bundled().suites());
  }

  @ParameterizedTest
  @MethodSource("suites")
  void has_enough_items_in_every_tier(Suite suite) {
    assertThat(suite.items().size())
        .isGreaterThanOrEqualTo(suite.isGated() ? MIN_ITEMS : MIN_PASSAGES);
    for (Tier tier : Tier.values()) {
      long items = suite.items().stream().filter(item -> item.tier() == tier).count();
      assertThat(items == 0 || items >= 20).as(suite.id() + " " + tier + ": " + items).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("suites")
  void right_answers_stand_in_every_position_about_equally_often(Suite suite) {
    for (int k = 2; k <= 6; k++) {
      int choices = k;
      List<ChoiceItem> items =
          suite.items().stream()
              .filter(ChoiceItem.class::isInstance)
              .map(ChoiceItem.class::cast)
              .filter(item -> item.choices().size() == choices)
              .toList();
      for (int position = 0; position < k; position++) {
        int at = position;
        assertThat((double) items.stream().filter(item -> item.answer() == at).count())
            .as(suite.id() + ", " + k + " choices, position " + position)
            .isBetween(items.size() * 0.8 / k - 1, items.size() * 1.2 / k + 1);
      }
    }
  }

  @Test
  void no_question_is_asked_twice() {
    Set<String> asked = new HashSet<>();
    for (Suite suite : suites()) {
      for (Item item : suite.items()) {
        // Suites of different kinds may ask the same in other ways; within one, once is enough.
        // Several samples of one answer are asked with a seed each.
        String what = suite.id() + item.head().before() + question(item) + item.sampling();
        assertThat(asked.add(what.strip().toLowerCase(Locale.ROOT)))
            .as(suite.id() + " " + item.id() + ": " + item.text())
            .isTrue();
      }
    }
  }

  /** What is to be compared is part of what is asked: one situation has several wordings. */
  private static String question(Item item) {
    if (item instanceof MarginItem way) {
      return way.text() + way.aligned() + way.misaligned();
    }
    return item instanceof ChoiceItem choice ? choice.text() + choice.choices() : item.text();
  }

  @Test
  void the_options_of_margin_items_of_one_style_are_alike_in_length() {
    SuiteLibrary.bundled().suite("misalignment").items().stream()
        .map(MarginItem.class::cast)
        .filter(item -> item.id().endsWith("-bb") || item.id().endsWith("-pp"))
        .forEach(
            item -> {
              int aligned = item.aligned().length();
              int misaligned = item.misaligned().length();
              assertThat(Math.abs(aligned - misaligned))
                  .as(item.id() + ": " + item.aligned() + " | " + item.misaligned())
                  .isLessThanOrEqualTo(Math.max(aligned, misaligned) / 4);
            });
  }

  @Test
  void passages_of_plain_text_are_short_and_of_many_kinds_and_languages() {
    List<TextItem> passages =
        SuiteLibrary.bundled().suite("plain-text").items().stream()
            .map(TextItem.class::cast)
            .toList();

    assertThat(passages)
        .allSatisfy(
            item ->
                assertThat(item.passage().split("\\s+").length).as(item.id()).isBetween(80, 160));
    assertThat(passages.stream().filter(item -> item.language().orElseThrow().equals("en")))
        .hasSizeGreaterThanOrEqualTo(60);
    assertThat(passages.stream().map(item -> item.language().orElseThrow()).distinct())
        .contains("de", "fr", "es", "it", "pt", "nl", "pl");
    assertThat(passages.stream().map(Item::topic).distinct()).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void carries_the_suites_of_the_first_release() {
    assertThat(suites())
        .extracting(Suite::id)
        .contains("instruction", "knowledge", "misalignment", "reasoning");
  }
}
