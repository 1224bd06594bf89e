package dev.palimpsest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of bad inputs names every one of them once, and tests that are there. */
final class BadInputsPageTest {
  private static final Pattern ROW = Pattern.compile("\\| (B\\d+) \\|.*\\|(.*)\\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  @Test
  void everyInputHasItsRowAndEveryTestIsThere() throws IOException {
    Map<String, String> tests = tests();
    List<Matcher> rows =
        Files.readAllLines(Path.of("docs/BAD-INPUTS.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .toList();
    assertThat(rows)
        .extracting(row -> row.group(1))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 120).mapToObj(i -> "B" + i).toList());
    for (Matcher row : rows) {
      Matcher test = TEST.matcher(row.group(2));
      boolean named = test.find();
      assertThat(named || row.group().contains("does not apply")).as(row.group()).isTrue();
      for (; named; named = test.find()) {
        assertThat(tests).containsKey(test.group(1));
        assertThat(tests.get(test.group(1)))
            .as(test.group())
            .containsPattern(
                "(void|Stream<DynamicTest>|Iterable<DynamicTest>|List<DynamicTest>) "
                    + test.group(2)
                    + "\\(");
      }
    }
  }

  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return tests;
  }
}
