package dev.palimpsest.evidence.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CardSectionTest {
  private static final String CARD = "---\nlicense: mit\n---\n# My model\n\nMine.\n";

  @Test
  void the_section_comes_at_the_end_and_is_replaced_in_its_place_later() {
    String first = CardSection.put(CARD, "Approved.", "## Figures\n");

    assertThat(first).startsWith(CARD + "\n<!-- palimpsest: begin").contains("Approved.");
    String edited = first + "More of mine.\n";
    assertThat(CardSection.put(edited, "Rejected.", "## Figures\n"))
        .startsWith(CARD)
        .endsWith("<!-- palimpsest: end -->\nMore of mine.\n")
        .contains("Rejected.")
        .doesNotContain("Approved.");
  }

  @Test
  void a_card_that_is_not_there_yet_is_the_section() {
    assertThat(CardSection.put("", "Approved.", "## Figures"))
        .startsWith("<!-- palimpsest: begin")
        .endsWith("## Figures\n\nApproved.\n<!-- palimpsest: end -->\n");
  }

  @Test
  void a_beginning_without_an_end_is_nobodys_to_replace() {
    String cut = CardSection.put(CARD, "Approved.", "x").replace("<!-- palimpsest: end -->", "");

    assertThatThrownBy(() -> CardSection.put(cut, "Approved.", "x"))
        .hasMessageContaining("and not the line '<!-- palimpsest: end -->' after it");
  }
}
