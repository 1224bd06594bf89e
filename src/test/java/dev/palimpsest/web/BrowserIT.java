package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.worker.WorkerLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The whole way in a browser: an adapter is uploaded with an interruption, audited against its base
 * while the page follows, its report read down to an item, signed off, and taken home.
 */
final class BrowserIT {
  private static final Path BASE = Path.of("src/test/resources/golden/llama");
  private static final Path ADAPTER =
      Path.of("src/test/resources/golden/llama/adapters/lora_all_linear_rslora");
  private static final long CONFIG_BYTES = 1167;
  private static final int NOTE_BYTES = 4_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private WebApp app;
  private Line line;
  private ChromeDriver browser;

  @BeforeEach
  void open() throws IOException {
    Chromium.assumeInstalled();
    Path roots = copy(BASE, folder.resolve("models/tiny-llama"));
    app =
        WebApp.start(
            new WebSettings(
                0, folder.resolve("data"), List.of(roots.getParent()), WorkerLoader.standard()));
    line = new Line(URI.create(app.address()).getPort());
    browser = Chromium.start(folder.resolve("downloads"));
  }

  @Test
  void anAdapterIsUploadedWithAnInterruptionAuditedReadSignedAndExported() throws Exception {
    registerTheBase();
    uploadTheAdapterWithAnInterruption();
    String audit = auditItAndFollow();
    readTheReportDownToAnItem();
    signItOff(audit);
    takeItHome(audit);
    assertThat(browser.manage().logs().get("browser").getAll())
        .as("what the browser complained about")
        .noneMatch(entry -> entry.getMessage().contains("Content Security Policy"));
  }

  private void registerTheBase() {
    visit("/checkpoints/new");
    type("name", "tiny llama");
    click("input[value=base]");
    type("path", folder.resolve("models/tiny-llama").toString());
    click("#add button[type=submit]");
    awaitText("Ready");
  }

  private void uploadTheAdapterWithAnInterruption() throws IOException {
    Path adapter = copy(ADAPTER, folder.resolve("home/tiny-adapter"));
    Files.delete(adapter.resolve("expected.json"));
    long length = LongCheckpoint.lengthen(adapter.resolve("adapter_model.safetensors"), NOTE_BYTES);
    visit("/checkpoints/new");
    one("#folder").sendKeys(adapter.toString());
    awaitText("to send");
    assertThat(one(".proposal input[value=adapter]").isSelected()).isTrue();
    one(".proposal input[name=name]").clear();
    one(".proposal input[name=name]").sendKeys("tiny adapter");
    one(".proposal select option:nth-child(2)").click();
    line.slowTo(400_000);
    click("#confirm button[type=submit]");
    until(() -> received() > CONFIG_BYTES);
    String page = browser.getCurrentUrl();
    line.cut();
    browser.get("about:blank");
    line.mend();

    browser.get(page);
    awaitText("To go on, choose the same folder");
    assertThat(received()).isBetween(CONFIG_BYTES, CONFIG_BYTES + length - 1);
    one("#folder").sendKeys(adapter.toString());
    awaitText("Ready");
    awaitText("Audit it");
  }

  /**
   * Returns the bytes that the server has of the checkpoint whose page is open, past the browser.
   */
  private long received() throws IOException {
    String id = browser.getCurrentUrl().replaceAll(".*/", "");
    URL state = URI.create(app.address() + "/api/checkpoints/" + id).toURL();
    if (id.equals("new")) {
      return 0;
    }
    long bytes = 0;
    try (InputStream body = state.openStream()) {
      for (JsonNode file : Json.mapper().readTree(body).path("files")) {
        bytes += file.path("offset").asLong();
      }
    }
    return bytes;
  }

  private String auditItAndFollow() {
    browser.findElement(By.linkText("Audit it")).click();
    awaitText("What this run can prove");
    browser.get(browser.getCurrentUrl() + "&chosen=1&suite=knowledge");
    awaitText("A checkpoint that lost nothing is expected to be asked about");
    click("#plan button.primary");
    until(() -> browser.getCurrentUrl().endsWith("/progress"));
    assertThat(browser.getPageSource()).contains("The plan is frozen");
    until(() -> browser.getCurrentUrl().endsWith("/report"));
    return browser.getCurrentUrl().replaceAll(".*/audits/([^/]+)/report", "$1");
  }

  private void readTheReportDownToAnItem() {
    assertThat(one("h1.statement").getText()).contains("tiny adapter");
    assertThat(one("svg.pf-wide").isDisplayed()).isTrue();
    click("a[href*='suite=knowledge'][href*='change=both_wrong']");
    awaitText("Both wrong");
    click("tbody th a");
    awaitText("Prompt, as the model saw it");
    awaitText("Log-likelihood of each choice");
    String first = one("h1").getText();
    one("body").sendKeys("j");
    until(() -> !one("h1").getText().equals(first));
    one("body").sendKeys("k");
    until(() -> one("h1").getText().equals(first));
    one("body").sendKeys("?");
    assertThat(one("#keys").isDisplayed()).isTrue();
  }

  private void signItOff(String audit) {
    visit("/audits/" + audit + "/sign-off");
    click("input[value=reject]");
    type("signer", "Ada Byron");
    type("comment", "Knowledge is not proven.");
    click("form button.primary");
    awaitText("Rejected by Ada Byron");
  }

  private void takeItHome(String audit) throws Exception {
    for (String file : List.of("report.html", "report.json", "items.jsonl")) {
      Path download = folder.resolve("downloads/palimpsest-" + audit + "-" + file);
      browser.findElement(By.linkText(file)).click();
      until(() -> Files.exists(download));
      assertThat(download).isNotEmptyFile();
    }
    visit("/audits");
    awaitText("Rejected by Ada Byron");
  }

  private void visit(String path) {
    browser.get(line.address() + path);
  }

  private WebElement one(String css) {
    return browser.findElement(By.cssSelector(css));
  }

  private void click(String css) {
    one(css).click();
  }

  private void type(String name, String text) {
    one("[name=" + name + "]").sendKeys(text);
  }

  private void awaitText(String text) {
    new BrowserWait(browser, PATIENCE).untilText(text);
  }

  private void until(Callable<Boolean> condition) {
    new BrowserWait(browser, PATIENCE).until(condition);
  }

  @AfterEach
  void close() throws IOException {
    if (browser != null) {
      browser.quit();
    }
    if (app != null) {
      line.close();
      app.close();
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }
}
