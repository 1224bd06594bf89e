package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.report.model.SampleAudit;
import dev.palimpsest.report.page.HtmlReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The report on the screen and as a file, asked by axe for what WCAG 2.2 wants at A and AA. */
final class AccessibilityIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      // Findings of the file are all made alike, and each has many items.
      document.querySelectorAll('article.finding').forEach((part, at) => at > 1 && part.remove());
      document.querySelectorAll('details').forEach(part => part.open = true);
      const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found =>
        done(found.violations.map(one => one.id + ': ' + one.nodes.slice(0, 5).map(node =>
          node.target + ' ' + node.failureSummary).join(' | '))));
      """;

  @TempDir private Path folder;
  private TestApp app;
  private ChromeDriver browser;

  @BeforeEach
  void open() {
    assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed");
    assumeTrue(Files.isExecutable(DRIVER), "chromedriver is not installed");
    app = TestApp.start(folder.resolve("data"));
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu");
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
    browser.manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 1280", "light, 390"})
  void theReportHasNothingThatKeepsSomeoneOut(String colours, int width) throws IOException {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    String id = TourApp.put(app, SampleAudit.tour());

    browser.get(app.uri("/audits/" + id + "/report").toString());
    assertThat(violations()).as("on the screen").isEmpty();

    Path file = folder.resolve("report.html");
    Files.write(file, HtmlReport.bytes(SampleAudit.tour().report()));
    browser.get(file.toUri().toString());
    assertThat(violations()).as("as a file").isEmpty();
  }

  private List<?> violations() throws IOException {
    try (InputStream axe = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      browser.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<?>) browser.executeAsyncScript(RUN);
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.quit();
    }
    if (app != null) {
      app.close();
    }
  }
}
