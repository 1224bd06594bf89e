package dev.palimpsest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rounds to nothing has no sign, of points as of nats. */
final class PointsTest {
  @ParameterizedTest
  @CsvSource({
    "0.345, +0.35, 0.35",
    "-30.5, −30.50, −30.50",
    "0.004, 0.00, 0.00",
    "-0.004, 0.00, 0.00",
    "-0.0, 0.00, 0.00",
    "-0.006, −0.01, −0.01"
  })
  void natsHaveTwoDecimals(double nats, String signed, String plain) {
    assertThat(Points.signedNats(nats)).isEqualTo(signed);
    assertThat(Points.nats(nats)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({"0.018, +1.8", "-0.431, −43.1", "0.0004, 0.0", "-0.0004, 0.0"})
  void pointsHaveOne(double share, String signed) {
    assertThat(Points.signed(share)).isEqualTo(signed);
  }
}
