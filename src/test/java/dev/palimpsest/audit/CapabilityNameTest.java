package dev.palimpsest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CapabilityNameTest {
  @Test
  void anIdentifierIsReadAsWords() {
    assertThat(CapabilityName.words("instruction_following")).isEqualTo("instruction following");
    assertThat(CapabilityName.heading("instruction_following")).isEqualTo("Instruction following");
  }

  @Test
  void whatHasNoNameHasNoHeading() {
    assertThat(CapabilityName.heading("_")).isEmpty();
  }

  @Test
  void theFirstLetterIsRaisedWhateverItsScript() {
    assertThat(CapabilityName.heading("état_civil")).isEqualTo("État civil");
  }
}
