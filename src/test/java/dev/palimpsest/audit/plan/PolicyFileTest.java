package dev.palimpsest.audit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyFileTest {
  private static final String WHOLE =
      """
      # what our SQL assistant has to show
      version: 2
      name: SQL assistant
      alpha: 0.05
      gates:
        - {suite: knowledge@2, maxDrop: 0.05, tiers: {easy: {maxDrop: 0.03}}}
        - {suite: sql, minGain: 0.02, severe: [sql-0001, sql-0002]}
      rare:
        - {suite: hallucination, rate: fabricated, max: 0.01}
      require: [safety]
      uninformative: block
      waivers:
        - what: template
          who: R. Miller
          reason: the new template is what we ship
          expires: 2027-01-31
      """;

  @TempDir Path folder;

  @Test
  void aWholePolicySaysWhatItAsksFor() throws Exception {
    Policy policy = read(WHOLE);

    assertThat(policy)
        .isEqualTo(
            new Policy(
                2,
                "SQL assistant",
                0.05,
                List.of(
                    new PolicyGate(
                        "knowledge@2",
                        Optional.of(0.05),
                        Map.of("easy", new PolicyGate.TierGate(0.03)),
                        Optional.empty(),
                        List.of()),
                    new PolicyGate(
                        "sql",
                        Optional.empty(),
                        Map.of(),
                        Optional.of(0.02),
                        List.of("sql-0001", "sql-0002"))),
                List.of(new RareBound("hallucination", RareBound.Rate.FABRICATED, 0.01)),
                List.of("safety"),
                Optional.of(Policy.Uninformative.BLOCK),
                List.of(
                    new Waiver(
                        Waiver.Subject.TEMPLATE,
                        Optional.empty(),
                        "R. Miller",
                        "the new template is what we ship",
                        LocalDate.of(2027, 1, 31)))));
    assertThat(PolicyWords.of(policy))
        .containsExactly(
            "knowledge@2: a drop of at most 5.0 points; by tier easy 3.0 points.",
            "sql: a drop within the suite's own margin; a gain of more than 2.0 points; severe,"
                + " none of which may be lost: sql-0001, sql-0002.",
            "hallucination: invented answers, of those due proven to be at most 1%.",
            "Has to be asked: safety.",
            "A suite that cannot tell on the base keeps a release from passing.",
            "Waived until 2027-01-31: template, by R. Miller (the new template is what we ship).",
            "Gates at level 5%.");
  }

  @Test
  void theDigestIsThatOfTheMeaningAndNotOfTheText() throws Exception {
    String yaml = "version: 2\nname: a\ngates: [{suite: knowledge, maxDrop: 0.05}]";
    String json =
        "{\"name\":\"a\",\t\"gates\":[{\"maxDrop\":0.050,\"suite\":\"knowledge\"}],\"version\":2,"
            + "\"alpha\":0.05,\"uninformative\":\"name\"}";

    assertThat(read(json)).isEqualTo(read(yaml));
    assertThat(CanonicalJson.text(read(yaml)))
        .isEqualTo(
            "{\"alpha\":0.05,\"gates\":[{\"maxDrop\":0.05,\"suite\":\"knowledge\"}],"
                + "\"name\":\"a\",\"version\":2}");
    // printf '%s' '{"alpha":0.05,…}' | sha256sum
    assertThat(read(json).digest())
        .isEqualTo("aabc415cc671376d90edf396b396ffa357b5c1df919676d03b10bc081d7dc006");
    assertThat(read(yaml.replace("0.05", "0.06")).digest()).isNotEqualTo(read(yaml).digest());
  }

  @Test
  void aPolicyAsksForAsManyApprovalsAsItSaysAndForOneWithoutAWord() throws Exception {
    Policy two = read("version: 2\nname: a\napprovals: 2");
    assertThat(two.approvalsNeeded()).isEqualTo(2);
    assertThat(PolicyWords.of(two)).contains("A checkpoint is approved by 2 people.");
    assertThat(read(CanonicalJson.text(two))).isEqualTo(two);
    Policy one = read("version: 2\nname: a");
    assertThat(one.approvalsNeeded()).isEqualTo(1);
    assertThat(read("version: 2\nname: a\napprovals: 1")).isEqualTo(one);
    assertThat(read("version: 2\nname: a\napprovals: 1").digest()).isEqualTo(one.digest());
    assertThat(two.digest()).isNotEqualTo(one.digest());
  }

  @Test
  void asJsonAPolicyIsAPolicyFileAgain() throws Exception {
    Policy policy = read(WHOLE);

    assertThat(read(CanonicalJson.text(policy))).isEqualTo(policy);
    assertThat(Json.mapper().readValue(CanonicalJson.text(policy), Policy.class)).isEqualTo(policy);
  }

  @Test
  void theFirstVersionIsStillRead() throws Exception {
    Policy yaml =
        read(
            """
            # the gates of our release
            version: 1
            alpha: 0.01
            gates:
              - {suite: knowledge, maxDrop: 0.03}
              - suite: instruction@1
                maxDrop: 0.08
            """);
    assertThat(yaml)
        .isEqualTo(
            new Policy(
                1,
                0.01,
                List.of(new PolicyGate("knowledge", 0.03), new PolicyGate("instruction@1", 0.08))));
  }

  @Test
  void alphaIsFivePerCentUnlessTold() throws Exception {
    assertThat(read("version: 1\ngates: [{suite: knowledge, maxDrop: 0.03}]").alpha())
        .isEqualTo(0.05);
  }

  @Test
  void aGateMayInsistOnAVersion() {
    PolicyGate gate = new PolicyGate("knowledge@1.2", 0.05);
    assertThat(gate.id()).isEqualTo("knowledge");
    assertThat(gate.admits("1.2.7")).isTrue();
    assertThat(gate.admits("1.20.0")).isFalse();
    assertThat(new PolicyGate("knowledge", 0.05).admits("9.9.9")).isTrue();
  }

  @Test
  void aWaiverHoldsToTheEndOfItsLastDay() throws Exception {
    Waiver waiver = read(WHOLE).waivers().get(0);

    assertThat(waiver.holdsAt(Instant.parse("2027-01-31T23:59:59Z"))).isTrue();
    assertThat(waiver.holdsAt(Instant.parse("2027-02-01T00:00:00Z"))).isFalse();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void aMistakeGetsOneSentenceWithItsLineAndField(String text, String sentence) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(PolicyException.class).hasMessage(sentence);
  }

  static Stream<Arguments> mistakes() {
    String head = "version: 2\nname: a\n";
    String gates = "\ngates: [{suite: knowledge, maxDrop: 0.05}]";
    return Stream.of(
        Arguments.of("", "policy.yaml is no policy; it should begin with version: 2 and a name."),
        Arguments.of(
            "just words", "policy.yaml is no policy; it should begin with version: 2 and a name."),
        Arguments.of(
            "name: a" + gates,
            "policy.yaml, line 1, field version: found nothing, expected 1 or 2, as in the line"
                + " version: 2."),
        Arguments.of(
            "version: 3\nname: a" + gates,
            "policy.yaml, line 1, field version: found 3, expected 1 or 2, as in the line version:"
                + " 2."),
        Arguments.of(
            "version: 2" + gates,
            "policy.yaml, line 1, field name: found nothing, expected words on one line, at most"
                + " 500."),
        Arguments.of(
            head + "alpha: 0.7" + gates,
            "policy.yaml, line 3, field alpha: found 0.7, expected a level above 0 and below 0.5."),
        Arguments.of(
            head + "alpha: low" + gates,
            "policy.yaml, line 3, field alpha: found low, expected a level above 0 and below 0.5."),
        Arguments.of(
            "version: 1",
            "policy.yaml, line 1, field gates: found nothing, expected a list with one {suite: ID,"
                + " maxDrop: 0.05} per suite."),
        Arguments.of(
            "version: 1\nwaivers: {allowed: true}" + gates,
            "policy.yaml, line 2, field waivers: found an unknown field, expected version, alpha"
                + " or gates."),
        Arguments.of(
            head + "gates:\n  - {suite: knowledge, maxdrop: 0.05}",
            "policy.yaml, line 4, field gates[0].maxdrop: found an unknown field, expected"
                + " maxDrop."),
        Arguments.of(
            head + "gates:\n  - suite: knowledge\n    maxDrop: 5",
            "policy.yaml, line 5, field gates[0].maxDrop: found 5, expected a share above 0 and"
                + " below 1, such as 0.05 for five points."),
        Arguments.of(
            head + "gates: [{maxDrop: 0.05}]",
            "policy.yaml, line 3, field gates[0].suite: found nothing, expected words on one line,"
                + " at most 500."),
        Arguments.of(
            head + "gates:\n- {suite: a, maxDrop: 0.05}\n- {suite: a@1, maxDrop: 0.04}",
            "policy.yaml, line 5, field gates[1].suite: found a@1 a second time, expected one gate"
                + " for each suite."),
        Arguments.of(
            head + "gates:\n- {suite: a, tiers: {esay: {maxDrop: 0.03}}}",
            "policy.yaml, line 4, field gates[0].tiers.esay: found the tier esay, expected easy,"
                + " medium or hard."),
        Arguments.of(
            head + "gates:\n- {suite: a, minGain: -0.1}",
            "policy.yaml, line 4, field gates[0].minGain: found -0.1, expected a share from 0 to"
                + " below 1, such as 0.02 for two points."),
        Arguments.of(
            head + "gates:\n- {suite: a, severe: a-1}",
            "policy.yaml, line 4, field gates[0].severe: found a-1, expected a list of ids such as"
                + " [ID, ID]."),
        Arguments.of(
            head + "rare:\n- {suite: a, rate: invented, max: 0.01}",
            "policy.yaml, line 4, field rare[0].rate: found invented, expected wrong or"
                + " fabricated."),
        Arguments.of(
            head + "uninformative: ignore",
            "policy.yaml, line 3, field uninformative: found ignore, expected name or block."),
        Arguments.of(
            head + "waivers:\n- {what: loss, who: me, reason: no time, expires: 2027-01-31}",
            "policy.yaml, line 4, field waivers[0].what: found loss, expected template, tokenizer"
                + " or missing."),
        Arguments.of(
            head + "waivers:\n- {what: template, who: me, reason: no time, expires: 2027-02-30}",
            "policy.yaml, line 4, field waivers[0].expires: found 2027-02-30, expected the last"
                + " day on which it holds, such as 2027-01-31."),
        Arguments.of(
            head + "approvals: 0",
            "policy.yaml, line 3, field approvals: found 0, expected a whole number of people from"
                + " 1 to 9."),
        Arguments.of(
            head + "approvals: two",
            "policy.yaml, line 3, field approvals: found two, expected a whole number of people"
                + " from 1 to 9."),
        Arguments.of(
            head + "gates: &all [{suite: a}]\nrare: *all",
            "policy.yaml, line 4, field rare: found a reference to another place, expected the"
                + " value itself."),
        Arguments.of(
            "version: 1\ngates: [{suite: a",
            "policy.yaml is neither YAML nor JSON at line 2; correct it there."),
        Arguments.of(
            "version: 1\nversion: 1" + gates,
            "policy.yaml, line 2, field version: found it a second time, expected each field"
                + " once."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 2\nname: !!javax.script.ScriptEngineManager [x]",
        "version: 2\nname: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[x",
        "version: 0x2\nname: a",
        "version: 2\nname: 1_000\nalpha: 0_5",
        "version: 2\nname: a\nalpha: no"
      })
  void noTagIsObeyedAndNoWordIsTakenForAnotherValue(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("policy.yaml")
        .hasMessageEndingWith(".");
  }

  @Test
  void aPolicyBeyondAllReasonIsNotRead() {
    assertThatThrownBy(() -> read("version: 2\nname: " + "x".repeat(10_000_000)))
        .isInstanceOf(PolicyException.class)
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void allMistakesAreNamedAtOnceInTheOrderOfTheirLines() {
    assertThatThrownBy(
            () -> read("version: 2\nalpha: 9\ngates:\n- {suite: a, maxDrop: 7}\nnmae: x"))
        .hasMessage(
            """
            policy.yaml, line 1, field name: found nothing, expected words on one line, at most 500.
            policy.yaml, line 2, field alpha: found 9, expected a level above 0 and below 0.5.
            policy.yaml, line 4, field gates[0].maxDrop: found 7, expected a share above 0 and below 1, such as 0.05 for five points.
            policy.yaml, line 5, field nmae: found an unknown field, expected name.""");
  }

  /** Whoever follows the advice of a sentence has a policy. */
  @Test
  void theAdviceHelps() throws Exception {
    assertThat(read("version: 2\nname: words\ngates: [{suite: a, maxDrop: 0.05}]").gates())
        .hasSize(1);
    assertThat(
            read("version: 2\nname: a\nwaivers: [{what: template, who: NAME, reason: WHY,"
                    + " expires: 2027-01-31}]")
                .waivers())
        .hasSize(1);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("none.yaml cannot be read");
  }

  @Test
  void thePublishedSchemaSaysTheSame() throws Exception {
    byte[] published = Files.readAllBytes(Path.of("docs/policy-2.schema.json"));
    assertThat(PolicyFile.class.getResourceAsStream("policy-2.schema.json"))
        .hasBinaryContent(published);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(new String(published, StandardCharsets.UTF_8));

    assertThat(schema.validate(CanonicalJson.text(read(WHOLE)), InputFormat.JSON)).isEmpty();
    for (Arguments mistake : mistakes().toList()) {
      String text = (String) mistake.get()[0];
      JsonNode tree = tree(text);
      if (tree != null && tree.isObject() && tree.path("version").asInt() == 2) {
        boolean beyondSchema = text.contains("a@1") || text.contains("2027-02-30");
        assertThat(schema.validate(tree.toString(), InputFormat.JSON).isEmpty())
            .as(text)
            .isEqualTo(beyondSchema);
      }
    }
  }

  private static JsonNode tree(String text) {
    try {
      return new PolicyYaml("policy.yaml", text).root();
    } catch (PolicyException noYaml) {
      return null;
    }
  }

  private Policy read(String text) throws Exception {
    return PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), text));
  }
}
