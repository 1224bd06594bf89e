package dev.palimpsest.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The system's Chromium without a window, and what tests ask of it. */
final class Chromium {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final String AXE =
      """
      const done = arguments[arguments.length - 1];
      document.querySelectorAll('details').forEach(part => part.open = true);
      const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found =>
        done(found.violations.map(one => one.id + ': ' + one.nodes.slice(0, 5).map(node =>
          node.target + ' ' + node.failureSummary).join(' | '))));
      """;

  private Chromium() {}

  /** Skips the test, by name, where the browser or its driver is missing. */
  static void assumeInstalled() {
    assumeTrue(Files.isExecutable(BROWSER), "Chromium is not installed");
    assumeTrue(Files.isExecutable(DRIVER), "chromedriver is not installed");
  }

  /**
   * Starts the browser.
   *
   * @param downloads where files go
   */
  static ChromeDriver start(Path downloads) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu");
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toString()));
    ChromeDriver browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
    browser.manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
    return browser;
  }

  /** Shows pages in a width and in "light" or "dark" colours. */
  static void look(ChromeDriver browser, String colours, int width) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Asks axe what of the open page breaks WCAG 2.2 at A and AA. */
  static List<?> violations(ChromeDriver browser) throws IOException {
    try (InputStream axe = Chromium.class.getResourceAsStream("/axe.min.js")) {
      browser.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<?>) browser.executeAsyncScript(AXE);
  }
}
