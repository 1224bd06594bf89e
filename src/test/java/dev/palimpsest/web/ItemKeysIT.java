package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Items are read through by keys, and the focus stays where the reader is. */
final class ItemKeysIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path data;
  private TestApp app;
  private ChromeDriver browser;
  private String items;

  @BeforeEach
  void open() {
    Chromium.assumeInstalled();
    app = TestApp.start(data);
    String id = new SampleReport(app.suites, app.audits).finished();
    items = "/audits/" + id + "/items?suite=knowledge&tuned=sql-forget&change=";
    browser = Chromium.start(data.resolve("downloads"));
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

  @Test
  void aReaderWhoNeverTouchesTheMouseKeepsHisPlace() {
    visit("all");
    press("j");
    press("j");
    press("k");
    assertThat(focused()).isEqualTo(row(1));
    press("n");
    until(() -> browser.getCurrentUrl().contains("page=2"));
    press("p");
    until(() -> !browser.getCurrentUrl().contains("page=2"));

    press("j");
    press("j");
    String second = row(2).getText();
    focused().sendKeys("\n");
    until(() -> browser.getCurrentUrl().contains("/item?"));
    assertThat(browser.getPageSource()).contains(second);
    press("k");
    until(() -> one("nav.actions").getText().contains("1 of 100"));
    browser.executeScript("document.getElementById('to-next').focus()");
    press("j");
    until(() -> one("nav.actions").getText().contains("2 of 100"));
    assertThat(focused().getDomAttribute("id")).isEqualTo("to-next");
    press("n");
    until(() -> one("nav.actions").getText().contains("3 of 100"));

    press("d");
    assertThat(browser.getCurrentUrl()).contains("diff=off");
    assertThat(one(".pair").getDomAttribute("class")).contains("plain");
    press("d");
    assertThat(browser.getCurrentUrl()).doesNotContain("diff=off");

    press("?");
    assertThat(one("#keys").isDisplayed()).isTrue();
    press("?");
    assertThat(one("#keys").isDisplayed()).isFalse();

    press("u");
    until(() -> browser.getCurrentUrl().endsWith("#item-3"));
    until(() -> focused().equals(row(3)));
    press("f");
    assertThat(focused()).isEqualTo(one("#search"));
    focused().sendKeys("jk?");
    assertThat(one("#search").getDomProperty("value")).isEqualTo("jk?");
    assertThat(browser.manage().logs().get("browser").getAll())
        .as("what the browser complained about")
        .noneMatch(entry -> entry.getMessage().contains("Content Security Policy"));
  }

  private void visit(String change) {
    browser.get(app.uri(items + change).toString());
  }

  private void press(String key) {
    browser.switchTo().activeElement().sendKeys(key);
  }

  private WebElement focused() {
    return browser.switchTo().activeElement();
  }

  private WebElement row(int number) {
    return one("a#item-" + number);
  }

  private WebElement one(String css) {
    return browser.findElement(By.cssSelector(css));
  }

  private void until(Callable<Boolean> condition) {
    new BrowserWait(browser, PATIENCE).until(() -> isLoaded() && condition.call());
  }

  /** A key that is pressed before the page's script ran is lost. */
  private boolean isLoaded() {
    return "complete".equals(browser.executeScript("return document.readyState"));
  }
}
