package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredTextTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("a\0b", "a\1" + "0000b"),
        Arguments.of("\1", "\1" + "0001"),
        Arguments.of("\1" + "0000", "\1" + "00010000"),
        Arguments.of("\uD83D", "\1" + "d83d"),
        Arguments.of("\uDE00x", "\1" + "de00x"),
        Arguments.of("\uD83D\uDE00", "\uD83D\uDE00"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whatAColumnCannotHoldIsMarkedAndReadsBack(String text, String stored) {
    assertThat(StoredText.write(text)).isEqualTo(stored);
    assertThat(StoredText.read(stored)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "a\1b", "\1zzzz"})
  void whatOlderVersionsStoredReadsAsItWas(String stored) {
    assertThat(StoredText.read(stored)).isEqualTo(stored);
  }
}
