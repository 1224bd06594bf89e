package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.report.model.SampleAudit;
import dev.palimpsest.report.page.HtmlReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** The report on the screen and as a file, asked by axe for what WCAG 2.2 wants at A and AA. */
final class AccessibilityIT {
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
  void theReportHasNothingThatKeepsSomeoneOut(String colours, int width) throws IOException {
    Chromium.look(browser, colours, width);
    String id = TourApp.put(app, SampleAudit.tour());

    browser.get(app.uri("/audits/" + id + "/report").toString());
    fewFindings();
    assertThat(Chromium.violations(browser)).as("on the screen").isEmpty();

    Path file = folder.resolve("report.html");
    Files.write(file, HtmlReport.bytes(SampleAudit.tour().report()));
    browser.get(file.toUri().toString());
    fewFindings();
    assertThat(Chromium.violations(browser)).as("as a file").isEmpty();
  }

  /** Findings of the file are all made alike, and each has many items. */
  private void fewFindings() {
    browser.executeScript(
        "document.querySelectorAll('article.finding')"
            + ".forEach((part, at) => at > 1 && part.remove());");
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
