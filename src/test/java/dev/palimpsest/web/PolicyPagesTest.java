package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.Json;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyPagesTest {
  private static final String POLICY =
      "version: 2\nname: SQL <assistant>\ngates:\n  - {suite: knowledge, maxDrop: 0.03}\n";

  @TempDir private Path folder;
  private Path root;
  private TestApp app;

  @BeforeEach
  void start() throws Exception {
    root = Files.createDirectories(folder.resolve("models"));
    app =
        TestApp.start(
            folder.resolve("data"), TestApp.With.standard().anythingIsACheckpoint().roots(root));
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void aRegisteredPolicyIsListedWithItsTimeAndKeepsIt() {
    String address = register();
    String page = app.get(address).body();
    String list = app.get("/policies").body();

    assertThat(page)
        .contains("SQL &lt;assistant&gt;", "knowledge: a drop of at most 3.0 points.")
        .contains(address.replace("/policies/", ""))
        .doesNotContain("th:");
    assertThat(list).contains("SQL &lt;assistant&gt;", address).doesNotContain("th:");
    assertThat(register()).isEqualTo(address);
  }

  private String register() {
    return post("register", POLICY).headers().firstValue("Location").orElseThrow();
  }

  @Test
  void aCheckSaysWhatItAsksForAndKeepsNothing() {
    HttpResponse<String> checked = post("check", POLICY);

    assertThat(checked.statusCode()).isEqualTo(200);
    assertThat(checked.body())
        .contains("nothing is registered yet", "knowledge: a drop of at most 3.0 points.");
    assertThat(app.get("/policies").body()).contains("No policy is registered yet.");
  }

  @Test
  void everyFaultIsNamedAndTheTextStays() {
    HttpResponse<String> refused =
        post("register", "version: 2\nname: a\nalpha: 9\nuninformative: ignore\n");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("The policy, line 3, field alpha: found 9")
        .contains("The policy, line 4, field uninformative: found ignore, expected name or block.")
        .contains("uninformative: ignore");
  }

  /**
   * A margin that the policy sets is shown in place of the suite's own and cannot be typed over.
   */
  @Test
  void aNewAuditMayBeJudgedByIt() throws Exception {
    String digest = register().replace("/policies/", "");
    registerBase();

    String form = app.page("/audits/new?policy=" + digest + "&chosen=1&suite=knowledge");
    assertThat(form)
        .contains("SQL &lt;assistant&gt;, registered ")
        .containsPattern("<option value=\"" + digest + "\" selected=\"selected\"")
        .containsPattern("name=\"margin-knowledge\" value=\"3.0\" [^>]*readonly=\"readonly\"");
    assertThat(app.get("/policies/" + "0".repeat(64)).statusCode()).isEqualTo(404);
  }

  /** At 10% of the items changing sides five points of one suite take 269 items. */
  @Test
  void aButtonTakesTheItemsThatThePlanNeeds() throws Exception {
    registerBase();
    String chosen = "/audits/new?chosen=1&suite=knowledge&depth=quick";

    assertThat(app.page(chosen)).contains("Take as many items as that: knowledge 269");
    assertThat(app.page(chosen + "&mend=1"))
        .contains("name=\"items-knowledge\" value=\"269\"")
        .contains("passes the gate with a chance of 8")
        .doesNotContain("Take as many items as that");
  }

  private void registerBase() throws Exception {
    Path model = Files.createDirectories(root.resolve("llama"));
    Files.writeString(model.resolve("config.json"), "{}");
    app.post(
        "/checkpoints/new",
        "/checkpoints/register",
        Map.of("name", "llama", "kind", "base", "path", model.toString(), "base", ""));
    while (app.get("/checkpoints").body().contains("Checking")) {
      Thread.sleep(50);
    }
  }

  @Test
  void theSchemaIsServed() throws Exception {
    HttpResponse<String> schema = app.get("/schema/policy-2.schema.json");

    assertThat(schema.headers().firstValue("Content-Type").orElse("")).contains("schema+json");
    assertThat(Json.mapper().readTree(schema.body()))
        .isEqualTo(Json.mapper().readTree(Files.readString(Path.of("docs/policy-2.schema.json"))));
  }

  private HttpResponse<String> post(String what, String text) {
    return app.post("/policies", "/policies", Map.of("do", what, "text", text));
  }
}
