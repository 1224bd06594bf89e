package dev.palimpsest.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SHA256SUMS in every form that people have it in. */
final class ExpectedSumsTest {
  private static final String SUM = "ab".repeat(32);
  private static final String OTHER = "cd".repeat(32);

  private static Optional<String> expected(String text, String folder, String path) {
    ManifestEntry entry = new ManifestEntry(path, 1, 0);
    return ExpectedSums.parse(text, folder).of(List.of(entry)).get(0).sha256();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s  config.json",
        "%s *config.json",
        "\uFEFF%s  config.json",
        "# made by hand\r\n\r\n%s  ./config.json\r\n",
        "SHA256 (config.json) = %s"
      })
  void everyFormOfALineIsRead(String form) {
    assertThat(expected(form.formatted(SUM), "", "config.json")).contains(SUM);
    assertThat(expected(form.formatted(SUM.toUpperCase(Locale.ROOT)), "", "config.json"))
        .contains(SUM);
  }

  @Test
  void pathsAreThoseBesideTheFile() {
    String text = SUM + "  sub/a b.json\n";
    assertThat(expected(text, "drop/model", "drop/model/sub/a b.json")).contains(SUM);
  }

  @Test
  void aFileThatIsNotNamedIsNotHeldAgainstAnything() {
    assertThat(expected(SUM + "  optimizer.pt\n", "", "config.json")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc  config.json",
        "zz  config.json",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709  config.json",
        "config.json"
      })
  void aLineThatIsNoneIsNamedByItsNumber(String line) {
    assertThatThrownBy(() -> ExpectedSums.parse(SUM + "  a.json\n" + line, ""))
        .isInstanceOf(RegistryException.class)
        .hasMessageStartingWith("Line 2 of SHA256SUMS is no sum of sha256sum")
        .hasMessageEndingWith("or send the files without it.");
  }

  @Test
  void twoLinesMayAgreeAndNotContradictEachOther() {
    String line = SUM + "  config.json\n";
    assertThat(expected(line + line, "", "config.json")).contains(SUM);
    assertThatThrownBy(() -> ExpectedSums.parse(line + OTHER + "  config.json\n", ""))
        .hasMessageContaining("Line 2 of SHA256SUMS names config.json again with another sum");
  }

  @Test
  void aFileOfTheCheckpointThatIsNamedAndNotThereIsMissed() {
    assertThatThrownBy(() -> expected(SUM + "  model.safetensors\n", "", "config.json"))
        .hasMessageStartingWith(
            "SHA256SUMS names model.safetensors, which is not among these files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "sha256:abababab"})
  void aSumOfOneFileIsSixtyFourDigits(String sum) {
    assertThatThrownBy(() -> ExpectedSums.one(sum))
        .hasMessageStartingWith("A file's sha256 is 64 hexadecimal digits;");
  }
}
