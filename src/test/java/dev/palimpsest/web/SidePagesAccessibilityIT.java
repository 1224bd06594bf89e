package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Comparison, history, glossary, a checkpoint's page and those of accounts, asked by axe for what
 * WCAG 2.2 wants at A and AA; and a word explained on the spot, with the keyboard alone.
 */
final class SidePagesAccessibilityIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
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
  void noPageKeepsSomeoneOut(String colours, int width) throws IOException {
    lookAt(colours, width);
    String id = new SampleReport(app.suites, app.audits).finished();
    app.get("/audits/" + id + "/report");
    for (String path :
        List.of(
            "/compare",
            "/compare?left=" + id + ":null-lora&right=" + id + ":sql-forget",
            "/history",
            "/glossary",
            "/audits/" + id + "/checkpoints/sql-forget")) {
      keepsNobodyOut(path, width);
    }
    aWordIsExplainedOnTheSpot();
  }

  private void lookAt(String colours, int width) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  private void keepsNobodyOut(String path, int width) throws IOException {
    browser.get(app.uri(path).toString());
    assertThat(violations()).as(path).isEmpty();
    assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
        .as("width of %s", path)
        .isLessThanOrEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void thePagesOfAccountsKeepNobodyOutFromTheSetUpOn(String colours, int width) throws IOException {
    lookAt(colours, width);
    keepsNobodyOut("/account", width);
    keepsNobodyOut("/setup", width);
    String token = app.accounts().setUp().offer().orElseThrow();
    fill(
        Map.of(
            "secret",
            token,
            "name",
            "ada",
            "printed",
            "Ada Byron",
            "password",
            Person.PASSWORD,
            "again",
            Person.PASSWORD));
    for (String path : List.of("/account", "/account/authenticator", "/users")) {
      keepsNobodyOut(path, width);
    }
    browser.manage().deleteAllCookies();
    keepsNobodyOut("/sign-in?next=/users", width);
    fill(Map.of("name", "ada", "password", Person.PASSWORD));
    assertThat(browser.getCurrentUrl()).endsWith("/users");
  }

  /** Fills a page's form in and sends it. */
  private void fill(Map<String, String> fields) {
    fields.forEach((name, value) -> browser.findElement(By.name(name)).sendKeys(value));
    browser.findElement(By.cssSelector("main button[type=submit]")).click();
  }

  private void aWordIsExplainedOnTheSpot() {
    browser.findElement(By.cssSelector("button[popovertarget=term-margin]")).sendKeys("\n");
    assertThat(browser.findElement(By.id("term-margin")).isDisplayed()).isTrue();
    assertThat(browser.findElement(By.id("term-gate")).isDisplayed()).isFalse();
  }

  private List<?> violations() throws IOException {
    try (InputStream axe = SidePagesAccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
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
