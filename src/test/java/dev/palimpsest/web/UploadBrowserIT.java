package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.TestClock;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** Uploads in a browser: several folders at once, and everything that may stand in the way. */
final class UploadBrowserIT {
  private static final Path FIXTURES = Path.of("src/test/resources/checkpoint");
  private static final int NOTE_BYTES = 4_000_000;
  private static final int SLOW = 400_000;
  private static final long SOME = 300_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final AtomicLong room = new AtomicLong(1L << 40);
  private final TestClock clock = new TestClock(Instant.now());
  private TestApp app;
  private Line line;
  private ChromeDriver browser;

  @BeforeEach
  void open() throws IOException {
    Chromium.assumeInstalled();
    app =
        TestApp.start(folder.resolve("data"), TestApp.With.standard().clock(clock).room(room::get));
    line = new Line(app.port());
    browser = Chromium.start(folder.resolve("downloads"));
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

  @Test
  void aBaseAndWhatIsTunedFromItAreDroppedTogetherAndConfirmedOnce() throws Exception {
    Path drop = Files.createDirectories(folder.resolve("home/drop"));
    LongCheckpoint.in(drop.resolve("Tiny-Base"), 10);
    Path tune = Files.createDirectories(drop.resolve("tune"));
    try (Stream<Path> files = Files.list(FIXTURES.resolve("tiny_adapter"))) {
      for (Path file : files.toList()) {
        Files.copy(file, tune.resolve(file.getFileName()));
      }
    }
    Path config = tune.resolve("adapter_config.json");
    Files.writeString(
        config,
        Files.readString(config).replace("fixtures/_valid_base", "org/tiny-base"),
        StandardCharsets.UTF_8);
    choose(drop);
    awaitText("adapter_config.json names org/tiny-base");
    List<WebElement> proposals = browser.findElements(By.cssSelector(".proposal"));
    assertThat(proposals).hasSize(2);
    assertThat(proposals.get(0).findElement(By.name("name")).getDomProperty("value"))
        .isEqualTo("Tiny-Base");
    assertThat(proposals.get(1).findElement(By.cssSelector("input[value=adapter]")).isSelected())
        .isTrue();
    assertThat(proposals.get(1).findElement(By.tagName("select")).getDomProperty("value"))
        .isEqualTo("drop:drop/Tiny-Base");
    click("#confirm button[type=submit]");
    until(() -> browser.getCurrentUrl().endsWith("/checkpoints"));
    until(() -> app.checkpoints().list().stream().allMatch(RegisteredCheckpoint::isReady));
    RegisteredCheckpoint tuned =
        app.checkpoints().list().stream()
            .filter(one -> one.kind() == Kind.ADAPTER)
            .findFirst()
            .orElseThrow();
    assertThat(tuned.name()).isEqualTo("tune");
    assertThat(app.checkpoints().get(tuned.baseId().orElseThrow()).name()).isEqualTo("Tiny-Base");
    assertThat(browser.manage().logs().get("browser").getAll())
        .noneMatch(entry -> entry.getMessage().contains("Content Security Policy"));
  }

  @Test
  void whatIsRefusedIsSaidAtItsFolderAndTheOthersAreNotLost() throws Exception {
    LongCheckpoint.in(folder.resolve("home/tiny"), 10);
    choose(folder.resolve("home/tiny"));
    awaitText("to send");
    one(".proposal input[name=name]").clear();
    one(".proposal input[name=name]").sendKeys("a\u202Eb");
    click("#confirm button[type=submit]");
    awaitText("holds a character that cannot be seen (U+202E)");
    one(".proposal input[name=name]").clear();
    one(".proposal input[name=name]").sendKeys("tiny");
    click("#confirm button[type=submit]");
    awaitText("Ready");
  }

  @Test
  void anUploadWaitsForRoomOnTheDiskAndGoesOnByItself() throws Exception {
    begin();
    room.set(0);
    awaitText("It goes on by itself when there is room.");
    assertThat(received()).isPositive();
    line.mend();
    room.set(1L << 40);
    awaitText("Ready");
  }

  @Test
  void anUploadWaitsForTheNetworkAndGoesOnByItself() throws Exception {
    begin();
    line.cut();
    awaitText("The connection was lost; the upload goes on by itself when it is back.");
    line.mend();
    awaitText("Ready");
  }

  @Test
  void anUploadWhoseSessionEndsGoesOnAfterSomebodySignedInInAnotherTab() throws Exception {
    app.accounts().users().add(new NewUser("root", "", UserRole.ADMINISTRATOR), Person.PASSWORD);
    app.accounts().users().add(new NewUser("ada", "", UserRole.AUDITOR), Person.PASSWORD);
    signIn();
    begin();
    clock.pass(Duration.ofHours(13));
    line.cut();
    line.mend();
    awaitText("The session is over. Sign in again in another tab");
    String upload = browser.getWindowHandle();
    browser.findElement(By.linkText("Sign in")).click();
    until(() -> browser.getWindowHandles().size() == 2);
    List<String> tabs = new ArrayList<>(browser.getWindowHandles());
    tabs.remove(upload);
    browser.switchTo().window(tabs.get(0));
    until(() -> !browser.findElements(By.name("password")).isEmpty());
    fillSignIn();
    browser.switchTo().window(upload);
    awaitText("Ready");
  }

  private void signIn() {
    browser.get(line.address() + "/sign-in");
    fillSignIn();
  }

  private void fillSignIn() {
    one("[name=name]").sendKeys("ada");
    one("[name=password]").sendKeys(Person.PASSWORD);
    click("main button[type=submit]");
    until(() -> !browser.getCurrentUrl().contains("/sign-in"));
  }

  @Test
  void aSecondTabWaitsForTheFirstAndSeesTheEnd() throws Exception {
    Path files = begin();
    String page = browser.getCurrentUrl();
    String first = browser.getWindowHandle();
    browser.switchTo().newWindow(WindowType.TAB);
    browser.get(page);
    one("#folder").sendKeys(files.toString());
    awaitText("Another tab or person is sending this; this page goes on if they stop.");
    line.mend();
    awaitText("Ready");
    browser.switchTo().window(first);
    awaitText("Ready");
  }

  /** Confirms an upload over a slow line and waits until some of it has arrived. */
  private Path begin() throws Exception {
    Path files = LongCheckpoint.in(folder.resolve("home/tiny"), NOTE_BYTES);
    choose(files);
    awaitText("to send");
    line.slowTo(SLOW);
    click("#confirm button[type=submit]");
    until(() -> received() > SOME);
    return files;
  }

  private void choose(Path files) {
    browser.get(line.address() + "/checkpoints/new");
    one("#folder").sendKeys(files.toString());
  }

  private long received() {
    return app.checkpoints().list().stream()
        .flatMap(one -> app.checkpoints().uploads().of(one.id()).stream())
        .mapToLong(Upload::received)
        .sum();
  }

  private WebElement one(String css) {
    return browser.findElement(By.cssSelector(css));
  }

  private void click(String css) {
    one(css).click();
  }

  private void awaitText(String text) {
    new BrowserWait(browser, PATIENCE).untilText(text);
  }

  private void until(Callable<Boolean> condition) {
    new BrowserWait(browser, PATIENCE).until(condition);
  }
}
