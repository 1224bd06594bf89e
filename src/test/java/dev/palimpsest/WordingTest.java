package dev.palimpsest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WordingTest {
  /**
   * Controls, line ends, direction marks, zero widths, blanks, lone halves, private, unassigned.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000", "0007", "0009", "001B", "007F", "0085", "00AD", "034F", "061C", "115F", "180E",
        "200B", "200D", "200E", "2028", "2029", "202E", "2060", "2066", "2069", "2800", "3164",
        "FE0F", "FEFF", "FFA0", "FFFE", "FFFF", "D800", "DC00", "E000", "F8FF", "0378", "E0001",
        "E0041", "E0100", "F0000", "10FFFF"
      })
  void aCharacterThatCannotBeSeenIsRefusedByItsCodePoint(String hex) {
    String character = Character.toString(Integer.parseInt(hex, 16));
    assertThatThrownBy(() -> Wording.name("report's name", "a" + character + "b", 100))
        .isInstanceOf(WordingException.class)
        .hasMessage(
            "The report's name holds a character that cannot be seen (U+%s); type it anew without"
                + " it.",
            hex);
    assertThatThrownBy(() -> Wording.comment("comment", "a" + character + "b", 100))
        .isInstanceOf(WordingException.class)
        .hasMessageContaining("U+" + hex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada Byron",
        "Ünal Şahin",
        "王小明",
        "محمد",
        "नमस्ते",
        "O'Neil-Smith (2)",
        "κ ≤ 0.5 %",
        "𝒳 🙂"
      })
  void lettersOfEveryScriptPass(String name) {
    assertThat(Wording.name("name", name, 100)).isEqualTo(name);
    assertThat(Wording.comment("comment", name, 100)).isEqualTo(name);
  }

  @Test
  void spacesAtTheEndsAreTakenAwayWhicheverTheyAre() {
    assertThat(Wording.name("name", "\u00a0 \t Ada\u3000Byron \u2003\r\n", 100))
        .isEqualTo("Ada\u3000Byron");
    assertThat(Wording.name("name", "\u00a0\u2003", 100)).isEmpty();
    assertThat(Wording.name("name", null, 100)).isEmpty();
  }

  @Test
  void lettersAndTheirMarksAreStoredAsOne() {
    assertThat(Wording.name("name", "Ame\u0301lie", 100)).isEqualTo("Am\u00e9lie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r\nb", "a\rb"})
  void aNameHasOneLineAndACommentAsManyAsWereWritten(String typed) {
    assertThatThrownBy(() -> Wording.name("name", typed, 100))
        .hasMessage("The name has more than one line; write it in a single one.");
    assertThat(Wording.comment("comment", typed, 100)).isEqualTo("a\nb");
  }

  @Test
  void lengthIsCountedInCharactersAsPeopleCount() {
    assertThat(Wording.name("name", "𝒳".repeat(5), 5)).hasSize(10);
    assertThatThrownBy(() -> Wording.name("name", "abcdef", 5))
        .hasMessage("The name is longer than 5 characters; shorten it.");
  }

  @ParameterizedTest
  @CsvSource({"'a\u202Eb', 'a\uFFFDb'", "'  plain ', plain", "abcdefghijk, abcdefghij…"})
  void aNameThatNobodyTypedIsShownWithMarks(String found, String shown) {
    assertThat(Wording.readable(found, 10)).isEqualTo(shown);
  }
}
