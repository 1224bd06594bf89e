package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.Authenticator;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.worker.WorkerLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
 * Two people in their browsers: Eve uploads two adapters and has them audited, Ben reviews,
 * approves one with a condition, rejects the other and exports the evidence. A third party who has
 * nothing but Python checks it in an empty folder, and finds a byte that was changed.
 */
final class TwoPeopleIT {
  private static final Path LLAMA = Path.of("src/test/resources/golden/llama");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CONDITION = "In the ticket system only.";

  @TempDir private Path folder;
  private WebApp app;
  private ChromeDriver browser;
  private String recovery;

  @BeforeEach
  void open() throws IOException {
    Chromium.assumeInstalled();
    Path base = copy(LLAMA, folder.resolve("models/tiny-llama"));
    app =
        WebApp.start(
            new WebSettings(
                0, folder.resolve("data"), List.of(base.getParent()), WorkerLoader.standard()));
    Accounts accounts = app.accounts();
    add("ada", UserRole.ADMINISTRATOR);
    add("eve", UserRole.AUDITOR);
    User ben = add("ben", UserRole.APPROVER);
    String secret = accounts.factors().begin(ben);
    recovery = accounts.factors().confirm(ben, Authenticator.code(secret, Instant.now())).get(0);
  }

  private User add(String name, UserRole role) {
    return app.accounts().users().add(new NewUser(name, "The " + name, role), Person.PASSWORD);
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
  void oneUploadsAndRunsTheOtherSignsAndAThirdPartyChecksWithPythonAlone() throws Exception {
    signIn("eve", "");
    registerTheBase();
    upload("lora_plain", "tiny one");
    upload("lora_all_linear_rslora", "tiny two");
    String audit = auditBoth();
    assertThat(text()).doesNotContain("Review and sign", "Reviews");
    visit("/audits/" + audit + "/sign-off?arm=tiny%20one");
    assertThat(text()).contains("takes the role of approver");
    browser.quit();

    signIn("ben", recovery);
    browser.findElement(By.partialLinkText("Reviews")).click();
    assertThat(text()).contains("Waiting for me", "tiny one", "tiny two", "Awaits review");
    decide("tiny one", "conditions");
    awaitText("Approved with conditions by The ben");
    visit("/reviews");
    assertThat(text()).contains("tiny two").doesNotContain("tiny one\n");
    decide("tiny two", "reject");
    awaitText("Rejected by The ben");
    assertThat(text()).contains("condition: " + CONDITION).doesNotContain("self-approved");
    assertThat(browser.manage().logs().get("browser").getAll())
        .as("what the browser complained about")
        .noneMatch(entry -> entry.getMessage().contains("Content Security Policy"));
    checkWithPython(export(audit));
  }

  private void signIn(String name, String code) {
    browser = Chromium.start(folder.resolve("downloads"));
    visit("/sign-in");
    type("name", name);
    type("password", Person.PASSWORD);
    type("code", code);
    click("form button.primary");
    awaitText("The " + name);
  }

  private void registerTheBase() {
    visit("/checkpoints/new");
    type("name", "tiny llama");
    click("input[value=base]");
    type("path", folder.resolve("models/tiny-llama").toString());
    click("#add button[type=submit]");
    awaitText("Ready");
  }

  private void upload(String adapter, String name) throws IOException {
    Path home = copy(LLAMA.resolve("adapters").resolve(adapter), folder.resolve("home/" + adapter));
    Files.deleteIfExists(home.resolve("expected.json"));
    visit("/checkpoints/new");
    one("#folder").sendKeys(home.toString());
    awaitText("to send");
    one(".proposal input[name=name]").clear();
    one(".proposal input[name=name]").sendKeys(name);
    one(".proposal select option:nth-child(2)").click();
    click("#confirm button[type=submit]");
    awaitText("Audit it");
  }

  private String auditBoth() {
    visit("/audits/new");
    String query = "&chosen=1&suite=knowledge&depth=quick";
    browser.findElement(By.linkText("Audits")).click();
    visit("/checkpoints");
    browser.findElement(By.linkText("tiny one")).click();
    String one = browser.getCurrentUrl().replaceAll(".*/", "");
    visit("/checkpoints");
    browser.findElement(By.linkText("tiny two")).click();
    browser.findElement(By.linkText("Audit it")).click();
    browser.get(browser.getCurrentUrl() + "&tuned=" + one + query);
    awaitText("What this run can prove");
    click("#plan button.primary");
    until(() -> browser.getCurrentUrl().endsWith("/report"));
    return browser.getCurrentUrl().replaceAll(".*/audits/([^/]+)/report", "$1");
  }

  private void decide(String checkpoint, String decision) {
    browser.findElement(By.linkText(checkpoint)).click();
    awaitText("Your decision on " + checkpoint);
    click("input[value=" + decision + "]");
    if (decision.equals("conditions")) {
      type("condition", CONDITION);
      browser.findElements(By.cssSelector("input[name=accepted]")).forEach(WebElement::click);
    } else {
      type("comment", "Nothing is proven of it.");
    }
    type("password", Person.PASSWORD);
    click("form.card button.primary");
    until(() -> browser.getCurrentUrl().contains("/report"));
  }

  private Path export(String audit) {
    Path download = folder.resolve("downloads/palimpsest-" + audit + "-bundle.zip");
    browser.findElement(By.partialLinkText("Evidence")).click();
    until(() -> Files.exists(download));
    return download;
  }

  /** In a folder with the bundle and the script, and nothing of this project beside them. */
  private void checkWithPython(Path bundle) throws Exception {
    Path clean = Files.createDirectory(folder.resolve("clean"));
    Path script = clean.resolve("verify_with_python.py");
    Files.copy(Path.of("bench/evidence/verify_with_python.py"), script);
    Path copy =
        Files.copy(bundle, clean.resolve("bundle.zip"), StandardCopyOption.REPLACE_EXISTING);
    assumeTrue(
        python(clean, "-c", "import cryptography").code() == 0,
        "Python lacks the package cryptography");

    Ended whole = python(clean, script.getFileName().toString(), "bundle.zip");
    assertThat(whole.said())
        .contains("decision: CONDITIONAL of tiny one by The ben", "condition: " + CONDITION)
        .contains("decision: REJECTED of tiny two by The ben", "INDEPENDENT", "everything holds")
        .contains(", signed by the person's key ");
    assertThat(whole.code()).isZero();

    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy, bytes);
    Ended changed = python(clean, script.getFileName().toString(), "bundle.zip");
    assertThat(changed.said()).contains("does not hold");
    assertThat(changed.code()).isEqualTo(1);
  }

  private record Ended(int code, String said) {}

  private static Ended python(Path folder, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Objects.requireNonNullElse(
                        System.getenv("PALIMPSEST_ORACLE_PYTHON"), "python3")),
                Stream.of(arguments))
            .toList();
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), said);
    } catch (IOException noPython) {
      return new Ended(-1, noPython.getMessage());
    }
  }

  private void visit(String path) {
    browser.get(app.address() + path);
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

  private String text() {
    return one("body").getText();
  }

  private void awaitText(String text) {
    new BrowserWait(browser, PATIENCE).untilText(text);
  }

  private void until(Callable<Boolean> condition) {
    new BrowserWait(browser, PATIENCE).until(condition);
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
