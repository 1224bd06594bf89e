package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.registry.RegisteredCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Comparison, history, glossary, a checkpoint's page and those of accounts, asked by axe for what
 * WCAG 2.2 wants at A and AA; and a word explained on the spot, with the keyboard alone.
 */
final class SidePagesAccessibilityIT {
  @TempDir private Path folder;
  private TestApp app;
  private ChromeDriver browser;

  @BeforeEach
  void open() {
    Chromium.assumeInstalled();
    app = TestApp.start(folder.resolve("data"));
    browser = Chromium.start(folder.resolve("downloads"));
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 1280", "light, 390"})
  void noPageKeepsSomeoneOut(String colours, int width) throws IOException {
    Chromium.look(browser, colours, width);
    String id = new SampleReport(app.suites, app.audits).finished();
    app.get("/audits/" + id + "/report");
    for (String path :
        List.of(
            "/compare",
            "/compare?left=" + id + ":null-lora&right=" + id + ":sql-forget",
            "/history",
            "/glossary",
            "/reviews",
            "/audits/" + id + "/sign-off",
            "/audits/" + id + "/sign-off?arm=sql-forget",
            "/audits/" + id + "/checkpoints/sql-forget")) {
      keepsNobodyOut(path, width);
    }
    aWordIsExplainedOnTheSpot();
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 1280", "light, 390"})
  void whatATrainingFileSaysKeepsNobodyOut(String colours, int width) throws Exception {
    Chromium.look(browser, colours, width);
    keepsNobodyOut("/preflight", width);
    Path model = Path.of("src/test/resources/golden/llama").toAbsolutePath();
    app.close();
    app = TestApp.start(folder.resolve("open"), model);
    app.post(
        "/checkpoints/new",
        "/checkpoints/register",
        Map.of("name", "tiny", "kind", "base", "path", model.toString()));
    while (app.checkpoints().list().stream().noneMatch(RegisteredCheckpoint::isReady)) {
      Thread.sleep(50);
    }
    String result = Files.readString(Path.of("src/test/resources/preflight/preflight.json"));
    app.database()
        .write(
            handle ->
                handle
                    .createUpdate(
                        "insert into preflight (id, base_id, base_name, tuned_id, tuned_name,"
                            + " file_name, facts, author, state, message, result, asked_at) values"
                            + " ('look', 'b', 'SmolLM2-135M-Instruct', 't', 'unknown-facts-2',"
                            + " 'train.jsonl', 'lite', 'ada', 'DONE', '', :result,"
                            + " current_timestamp)")
                    .bind("result", result)
                    .execute());
    keepsNobodyOut("/preflight", width);
    keepsNobodyOut("/preflight/look", width);
  }

  private void keepsNobodyOut(String path, int width) throws IOException {
    browser.get(app.uri(path).toString());
    assertThat(Chromium.violations(browser)).as(path).isEmpty();
    assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
        .as("width of %s", path)
        .isLessThanOrEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 390"})
  void thePagesOfAccountsKeepNobodyOutFromTheSetUpOn(String colours, int width) throws IOException {
    Chromium.look(browser, colours, width);
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
