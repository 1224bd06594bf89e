package dev.palimpsest.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small suites on disk for the tests. */
final class SuiteFiles {
  static final String SUITE =
      "{\"format\":\"palimpsest-suite/1\",\"id\":\"sea\",\"version\":\"1.0.0\",\"title\":\"Sea\","
          + "\"capability\":\"sea\",\"description\":\"About the sea\",\"language\":\"en\","
          + "\"license\":\"Apache-2.0\",\"source\":\"a test\",\"metric\":\"accuracy\","
          + "\"defaultMargin\":0.05,\"chance\":0.25}";

  private SuiteFiles() {}

  static SuiteInfo info(Metric metric) {
    return new SuiteInfo(
        "palimpsest-suite/1",
        "sea",
        "1.0.0",
        "Sea",
        "sea",
        "About the sea",
        "en",
        "Apache-2.0",
        "a test",
        metric,
        metric.isGated() ? 0.05 : 0,
        null,
        null,
        null,
        SuiteInfo.More.NONE);
  }

  /** Returns a suite.json whose metric suits the items' kind. */
  static String suiteFor(String items) {
    for (Metric metric : Metric.values()) {
      if (items.contains("\"kind\":\"" + metric.kind().label() + "\"")) {
        String suite = SUITE.replace("\"accuracy\"", "\"" + metric.label() + "\"");
        return metric.isGated() ? suite : suite.replace("\"defaultMargin\":0.05,", "");
      }
    }
    return SUITE;
  }

  static String choice(String id, String choices, String answer) {
    return "{\"id\":\""
        + id
        + "\",\"kind\":\"choice\",\"tier\":\"easy\",\"topic\":\"sea\","
        + "\"question\":\"Which one, "
        + id
        + "?\",\"choices\":"
        + choices
        + ",\"answer\":"
        + answer
        + "}";
  }

  static Path write(Path folder, String suite, String items) throws IOException {
    return write(folder, suite, items.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path folder, String suite, byte[] items) throws IOException {
    Path sea = Files.createDirectories(folder.resolve("sea"));
    Files.writeString(sea.resolve("suite.json"), suite);
    Files.write(sea.resolve("items.jsonl"), items);
    return sea;
  }
}
