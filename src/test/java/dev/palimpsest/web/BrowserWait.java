package dev.palimpsest.web;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Waits for what a page shows. A page that is replaced while it is read makes the driver fail in
 * several ways; each of them means "not yet".
 */
record BrowserWait(ChromeDriver browser, Duration most) {
  void untilText(String text) {
    until(() -> body().contains(text));
  }

  void until(Callable<Boolean> condition) {
    new WebDriverWait(browser, most)
        .ignoring(WebDriverException.class)
        .withMessage(() -> browser.getCurrentUrl() + "\n" + body())
        .until(any -> told(condition));
  }

  private String body() {
    return browser.findElement(By.tagName("body")).getText();
  }

  private static boolean told(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
