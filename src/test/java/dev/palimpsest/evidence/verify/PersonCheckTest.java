package dev.palimpsest.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.bundle.Members;
import dev.palimpsest.evidence.bundle.SampleBundle;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.statement.Envelope;
import dev.palimpsest.evidence.statement.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions that people signed with keys of their own, and what whoever runs the server may do. */
final class PersonCheckTest {
  @TempDir private static Path folder;
  private static SampleBundle whole;
  private static String bens;
  private static String eves;

  @BeforeAll
  static void export() {
    whole = SampleBundle.signed(folder.resolve("data"));
    bens = keyOf("person Ben Nevis");
    eves = keyOf("person Eve Zo\u00eb");
  }

  private static String keyOf(String line) {
    return whole.members().keySet().stream()
        .filter(name -> name.startsWith(Members.KEYS) && whole.text(name).startsWith(line + "\n"))
        .findFirst()
        .orElseThrow()
        .replaceAll(".*/|\\.pem", "");
  }

  private static String pem(String id) {
    return whole.text(Members.KEYS + id + ".pem");
  }

  private static Verification.Verified verify(SampleBundle bundle, String... keys) {
    return Verification.of(
        bundle.write(folder.resolve("bundle.zip")),
        keys.length == 0
            ? Optional.empty()
            : Optional.of(PublicKeys.parse(String.join("", keys), "keys.pem")));
  }

  private static void assertFails(SampleBundle bundle, String... words) {
    assertThatThrownBy(() -> verify(bundle))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContainingAll(words);
  }

  /** Changes the envelope of the decision on sql-forget; the installation's key signs it anew. */
  private static SampleBundle with(UnaryOperator<Envelope> change) {
    return whole
        .copy()
        .sealedAnew(
            whole.key(),
            envelope -> {
              Statement statement = Statement.of(envelope, "line");
              return statement.predicateType().equals(Statement.SIGN_OFF)
                      && statement.subjects().containsKey("sql-forget")
                  ? change.apply(envelope)
                  : envelope;
            });
  }

  private static Envelope said(Envelope envelope, Consumer<ObjectNode> change) {
    Statement statement = Statement.of(envelope, "line");
    ObjectNode predicate = statement.tree().deepCopy();
    change.accept(predicate);
    return new Envelope(
        envelope.type(),
        Envelope.payload(new Statement(statement.subjects(), statement.predicateType(), predicate)),
        envelope.signatures());
  }

  private static ObjectNode approver(JsonNode predicate) {
    return (ObjectNode) predicate.at("/approvers/0");
  }

  @Test
  void aBundleWithTheSignaturesOfPeopleHoldsAndSaysWhoseKeySigned() {
    Verification.Verified verified = verify(whole.copy());
    assertThat(verified.signers()).containsExactly(whole.key().id());
    assertThat(verified.decisions())
        .hasSize(3)
        .anySatisfy(
            one ->
                assertThat(one)
                    .startsWith("CONDITIONAL of sql-forget by Ben Nevis (account, proved anew")
                    .contains("signed by the person's key " + bens))
        .anySatisfy(
            one ->
                assertThat(one)
                    .startsWith("REJECTED of json-format by Eve Zo\u00eb")
                    .contains("signed by the person's key " + eves));
    assertThat(verified.people())
        .contains(
            bens
                + " of Ben Nevis, made 2026-11-30T12:00:00Z, vouched for by the key that signed the"
                + " bundle")
        .hasSize(2);
  }

  @Test
  void aDecisionHasTwoSignaturesTheInstallationsFirst() {
    List<Envelope> decisions =
        whole.text(Members.STATEMENTS).lines().map(line -> Envelope.parse(line, "line")).toList();
    assertThat(decisions)
        .filteredOn(one -> Statement.of(one, "line").predicateType().equals(Statement.SIGN_OFF))
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(one.signatures()).hasSize(2);
              assertThat(one.signatures().get(0).keyId()).isEqualTo(whole.key().id());
              assertThat(one.signatures().get(1).keyId()).isIn(bens, eves);
            });
  }

  @Test
  void theLedgersExtractShowsTheKeysThatSignedAndNothingElseOfPeople() {
    assertThat(whole.text(Members.LEDGER))
        .contains("\"user.key-made\"", "\"report.signed\"", bens, eves)
        .doesNotContain("user.added");
  }

  @Test
  void aChangedStatementIsNotThePersonsThoughTheInstallationSignsItAnew() {
    SampleBundle changed =
        with(old -> said(old, predicate -> predicate.put("comment", "As they wish.")));
    assertFails(
        changed,
        "The decision of Ben Nevis on sql-forget is not signed by the person's key that it names ("
            + bens
            + "): it was changed, or somebody else signed it.");
  }

  @Test
  void aSignatureThatWasTakenOffIsMissed() {
    assertFails(
        with(old -> new Envelope(old.type(), old.payload(), List.of())),
        "is not signed by the person's key that it names");
  }

  @Test
  void anotherPersonsKeyIsNamedAsThat() {
    assertFails(
        with(old -> said(old, predicate -> approver(predicate).put("key", eves))),
        "The decision of Ben Nevis on sql-forget names the key "
            + eves
            + ", which is the key of Eve Zo\u00eb.");
    assertFails(
        with(old -> said(old, predicate -> approver(predicate).put("key", whole.key().id()))),
        "which the bundle does not hold as a person's");
    assertFails(
        with(old -> said(old, predicate -> approver(predicate).remove("key"))),
        "which the bundle does not hold as a person's");
  }

  @Test
  void aDecisionThatIsMadeOneOfTheInstallationsIsMissedByTheLedger() {
    SampleBundle changed =
        with(
            old ->
                new Envelope(
                    old.type(),
                    said(
                            old,
                            predicate ->
                                approver(predicate)
                                    .put("signature", "the installation's key only")
                                    .remove("key"))
                        .payload(),
                    List.of()));
    assertFails(changed, "The decision of Ben Nevis in row ", "is not among the statements");
  }

  @Test
  void keysOfPeopleMayBeGivenAndThenNoOthersCount() {
    String own = pem(whole.key().id());
    assertThat(verify(whole.copy(), own).people())
        .allSatisfy(one -> assertThat(one).contains("vouched for"));
    assertThat(verify(whole.copy(), own, pem(bens), pem(eves)).people())
        .noneSatisfy(one -> assertThat(one).contains("vouched for"));
    String bare = pem(eves).replaceAll("(?s)^.*?(?=-----BEGIN)", "");
    assertThat(verify(whole.copy(), own, pem(bens), bare).people()).hasSize(2);
    assertThatThrownBy(() -> verify(whole.copy(), own, pem(bens)))
        .hasMessageContaining(
            "The decision of Eve Zo\u00eb on json-format is signed by the key " + eves)
        .hasMessageContaining("not among the people's keys");
  }

  @Test
  void aPersonsKeyStandsForNoInstallation() {
    assertThatThrownBy(() -> verify(whole.copy(), pem(bens), pem(eves)))
        .hasMessageContaining("is not signed by any of the keys");
  }
}
