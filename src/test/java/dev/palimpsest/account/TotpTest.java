package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238, appendix B, the rows of SHA-1. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void theCodesAreThoseOfTheStandard(long seconds, String code) {
    assertThat(Totp.code(SECRET, seconds / 30, 8)).isEqualTo(code);
  }

  @Test
  void aSecretIsReadAsRfc4648WritesIt() {
    assertThat(Totp.bytes("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")).isEqualTo(SECRET);
    assertThat(Totp.bytes("MZXW6YTBOI")).asString(StandardCharsets.US_ASCII).isEqualTo("foobar");
  }

  @Test
  void aNewSecretHas160Bits() {
    String secret = Totp.newSecret();
    assertThat(secret).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.newSecret());
    assertThat(Totp.bytes(secret)).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource({"59, true", "29, true", "89, true", "119, false", "0, true"})
  void aCodeCountsAStepBeforeAndAfterItsOwn(long seconds, boolean taken) {
    assertThat(Totp.step(SECRET, "287082", 0, Instant.ofEpochSecond(seconds)).isPresent())
        .isEqualTo(taken);
  }

  @Test
  void aCodeOfAStepThatWasUsedCountsNoMore() {
    Instant now = Instant.ofEpochSecond(59);
    assertThat(Totp.step(SECRET, "287082", 0, now)).hasValue(1);
    assertThat(Totp.step(SECRET, "287082", 1, now)).isEmpty();
    assertThat(Totp.step(SECRET, "287083", 0, now)).isEmpty();
  }
}
