package dev.palimpsest.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.bundle.Members;
import dev.palimpsest.evidence.bundle.SampleBundle;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.key.SigningKey;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.evidence.statement.Statement;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle as it was exported holds; one that was changed does not, and it is said where. */
final class VerificationTest {
  @TempDir private static Path folder;
  private static SampleBundle whole;

  @BeforeAll
  static void export() {
    whole = SampleBundle.make(folder.resolve("data"));
  }

  private static Verification.Verified verify(SampleBundle bundle) {
    return Verification.of(bundle.write(folder.resolve("bundle.zip")), Optional.empty());
  }

  private static void assertFails(SampleBundle bundle, String... words) {
    assertThatThrownBy(() -> verify(bundle))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContainingAll(words);
  }

  private static SigningKey another() {
    try (Database database = Database.inMemory()) {
      return new SigningKeys(folder.resolve("other"), new Ledger(database), Optional.empty())
          .current();
    }
  }

  @Test
  void whatWasExportedHolds() {
    Verification.Verified verified = verify(whole.copy());

    assertThat(verified.digest()).isEqualTo(Sha256.hex(whole.members().get("report.json")));
    assertThat(verified.statements()).isEqualTo(18);
    assertThat(verified.items()).isEqualTo(2400);
    assertThat(verified.signers()).containsExactly(whole.key().id());
    assertThat(verified.trusted()).isFalse();
    assertThat(verified.decisions())
        .containsExactly(
            "REJECTED of null-lora, json-format, sql-forget by Zoë O'Hara (typed name,"
                + " UNAUTHENTICATED) on 2026-11-25T09:00:00Z, signed by the installation's key only");
    assertThat(verified.people()).isEmpty();
  }

  @Test
  void aByteChangedInAnyMemberIsFound() {
    for (String name : whole.members().keySet()) {
      if (!name.equals(Members.SUMS)) {
        assertFails(whole.copy().flipped(name), name + " was changed");
      }
    }
    assertThatThrownBy(() -> verify(whole.copy().flipped(Members.SUMS)))
        .isInstanceOf(IntegrityException.class);
  }

  @Test
  void aByteChangedInAnyMemberIsFoundThoughTheSumsWereMadeAnew() {
    for (String name : whole.members().keySet()) {
      if (!name.equals(Members.SUMS)) {
        assertThatThrownBy(() -> verify(whole.copy().flipped(name).summed()))
            .as(name)
            .isInstanceOf(IntegrityException.class);
      }
    }
  }

  @Test
  void aMemberThatIsMissingIsNamed() {
    assertFails(whole.copy().without("report.pdf"), "The bundle lacks report.pdf.");
    assertFails(
        whole.copy().without("report.pdf").summed(), "lacks report.pdf, which was signed with it");
  }

  @Test
  void aMemberThatWasAddedIsNamed() {
    assertFails(whole.copy().with("extra.txt", "x"), "extra.txt was added");
    assertFails(
        whole.copy().with("extra.txt", "x").summed(),
        "extra.txt was added: it was not signed with the bundle");
  }

  @Test
  void aStatementThatWasTakenOutOrPutInIsMissed() {
    List<String> lines = new ArrayList<>(whole.text(Members.STATEMENTS).lines().toList());
    String decision = lines.remove(15);
    assertFails(
        whole.copy().with(Members.STATEMENTS, String.join("\n", lines) + "\n").summed(),
        "17 were signed with the bundle, it holds 16.");
    lines.add(15, decision);
    lines.add(0, decision);
    assertFails(
        whole.copy().with(Members.STATEMENTS, String.join("\n", lines) + "\n").summed(),
        "17 were signed with the bundle, it holds 18.");
  }

  @Test
  void aBundleOfAnotherKeyIsNotOneOfTheKeysThatAreTrusted() {
    Path file = whole.copy().write(folder.resolve("bundle.zip"));
    PublicKeys own = PublicKeys.of(List.of(whole.key().publicKey()));
    PublicKeys foreign = PublicKeys.of(List.of(another().publicKey()));

    assertThat(Verification.of(file, Optional.of(own)).trusted()).isTrue();
    assertThatThrownBy(() -> Verification.of(file, Optional.of(foreign)))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("is not signed by any of the keys it is checked with");
  }

  @Test
  void whoSignsAnewWithAnotherKeyIsFoundByTheKeyAlone() {
    SigningKey forger = another();
    SampleBundle forged =
        whole
            .copy()
            .with(Members.KEYS + forger.id() + ".pem", PublicKeys.pem(forger.publicKey()))
            .signedAnew(forger, UnaryOperator.identity());

    assertThat(verify(forged).signers()).containsExactly(forger.id());
    PublicKeys own = PublicKeys.of(List.of(whole.key().publicKey()));
    assertThatThrownBy(
            () -> Verification.of(forged.write(folder.resolve("forged.zip")), Optional.of(own)))
        .hasMessageContaining("is not signed by any of the keys");
  }

  @Test
  void aDecisionOnAnotherReportIsRefusedThoughTheKeyIsRight() {
    SampleBundle replayed =
        whole
            .copy()
            .signedAnew(
                whole.key(),
                statement ->
                    statement.predicateType().equals(Statement.SIGN_OFF)
                        ? onAnotherReport(statement)
                        : statement);
    assertFails(replayed, "A decision is on another report: it names sha256 " + "0".repeat(64));
  }

  private static Statement onAnotherReport(Statement decision) {
    ObjectNode predicate = decision.tree().deepCopy();
    ((ObjectNode) predicate.at("/refers/0/digest")).put("sha256", "0".repeat(64));
    return new Statement(decision.subjects(), decision.predicateType(), predicate);
  }

  @Test
  void anItemThatWasChangedByWhoHoldsTheKeyDoesNotGiveTheFigures() throws IOException {
    SampleBundle changed =
        withItems(
            line -> {
              ((ObjectNode) line.get("tunedOutcome")).put("score", 1);
              line.put("change", "BOTH_RIGHT");
            });
    assertFails(
        changed, "The report says bothRight 132 of knowledge on null-lora, but its items give 133");
  }

  @Test
  void anItemWhoseChangeIsNotThatOfItsOutcomesIsNamed() throws IOException {
    SampleBundle changed = withItems(line -> line.put("change", "BOTH_RIGHT"));
    assertFails(changed, "of items.jsonl says BOTH_RIGHT, but its two outcomes make it LOST");
  }

  @Test
  void anItemThatWasLeftOutIsMissed() throws IOException {
    SampleBundle bundle = whole.copy();
    List<String> lines = new ArrayList<>(bundle.text("items.jsonl").lines().toList());
    lines.remove(0);
    assertFails(
        resealed(bundle, String.join("\n", lines) + "\n"),
        "The planned item know-0000 of knowledge on null-lora is missing.");
  }

  @Test
  void aVerdictThatTheItemsDoNotGiveIsNamed() throws IOException {
    SampleBundle bundle = whole.copy();
    ObjectNode report = (ObjectNode) Json.mapper().readTree(bundle.text("report.json"));
    ((ObjectNode) report.at("/capabilities/8")).put("verdict", "CERTIFIED");
    assertFails(
        resealed(bundle, report),
        "The report says verdict \"CERTIFIED\" of knowledge on sql-forget, but its items give"
            + " \"FAILED\"");
  }

  @Test
  void anIntervalThatTheItemsDoNotGiveIsNamed() throws IOException {
    SampleBundle bundle = whole.copy();
    ObjectNode report = (ObjectNode) Json.mapper().readTree(bundle.text("report.json"));
    ArrayNode interval = (ArrayNode) report.at("/capabilities/0/ci");
    interval.set(0, Json.mapper().getNodeFactory().numberNode(-0.001));
    assertFails(resealed(bundle, report), "The report says ci [-0.001,", "null-lora");
  }

  @Test
  void aPlanThatWasNotTheFrozenOneIsNamed() {
    SampleBundle bundle = whole.copy();
    bundle.with(Members.PLAN, bundle.text(Members.PLAN).replaceFirst("0.05", "0.25"));
    assertFails(
        bundle.signedAnew(whole.key(), UnaryOperator.identity()),
        "plan.json is not the plan that was frozen");
  }

  @Test
  void aLedgerRowThatWasChangedIsNamed() {
    SampleBundle bundle = whole.copy();
    bundle.with(
        Members.LEDGER, bundle.text(Members.LEDGER).replaceFirst("audit.planned", "audit.started"));
    assertFails(
        bundle.signedAnew(whole.key(), UnaryOperator.identity()), "ledger.jsonl: Row 2 of the");
  }

  @Test
  void whatIsNoBundleIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("text.zip"), "text");
    assertThatThrownBy(() -> Verification.of(file, Optional.empty()))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("is no bundle: it cannot be opened as a zip");
  }

  /** Changes the first lost item, and everything that is made of it, but no figure. */
  private static SampleBundle withItems(java.util.function.Consumer<ObjectNode> change)
      throws IOException {
    SampleBundle bundle = whole.copy();
    List<String> lines = new ArrayList<>(bundle.text("items.jsonl").lines().toList());
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("\"change\":\"LOST\"")) {
        ObjectNode line = (ObjectNode) Json.mapper().readTree(lines.get(i));
        change.accept(line);
        lines.set(i, CanonicalJson.text(line));
        break;
      }
    }
    return resealed(bundle, String.join("\n", lines) + "\n");
  }

  private static SampleBundle resealed(SampleBundle bundle, String items) throws IOException {
    bundle.with("items.jsonl", items);
    ObjectNode report = (ObjectNode) Json.mapper().readTree(bundle.text("report.json"));
    ((ObjectNode) report.get("items"))
        .put("sha256", Sha256.hex(items.getBytes(StandardCharsets.UTF_8)));
    return resealed(bundle, report);
  }

  /** Whoever holds the key puts another report in place of the one that was signed. */
  private static SampleBundle resealed(SampleBundle bundle, ObjectNode report) {
    String old = Sha256.hex(bundle.members().get("report.json"));
    bundle.with("report.json", CanonicalJson.text(report));
    String now = Sha256.hex(bundle.members().get("report.json"));
    return bundle.signedAnewFor(old, now);
  }
}
