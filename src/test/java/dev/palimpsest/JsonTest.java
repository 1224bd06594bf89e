package dev.palimpsest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonTest {
  private static final byte[] NOT_UTF_8 = {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};

  @TempDir private Path folder;

  @Test
  void bytesThatAreNotUtf8AreRefusedAndNotReplaced() throws IOException {
    Path file = Files.write(folder.resolve("broken.json"), NOT_UTF_8);
    assertThatThrownBy(() -> Json.mapper().readTree(file.toFile()))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.mapper().readTree(NOT_UTF_8))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> Json.mapper().readTree("[".repeat(200) + "]".repeat(200)))
        .hasMessageContaining("nesting depth");
  }
}
