package dev.palimpsest.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.decoder.family.Families;
import org.junit.jupiter.api.Test;

final class SupportedFamiliesTest {
  @Test
  void inspectionAcceptsTheFamiliesThatTheDecoderRuns() {
    assertThat(SupportedFamilies.NAMES).isEqualTo(Families.names());
  }
}
