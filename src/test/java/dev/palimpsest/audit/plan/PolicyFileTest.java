package dev.palimpsest.audit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PolicyFileTest {
  @TempDir Path folder;

  @Test
  void yamlAndJsonSayTheSame() throws Exception {
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
    Policy json =
        read(
            """
            {"version": 1, "alpha": 0.01, "gates": [
              {"suite": "knowledge", "maxDrop": 0.03}, {"suite": "instruction@1", "maxDrop": 0.08}]}
            """);
    assertThat(yaml)
        .isEqualTo(json)
        .isEqualTo(
            new Policy(
                1,
                0.01,
                List.of(
                    new Policy.Gate("knowledge", 0.03), new Policy.Gate("instruction@1", 0.08))));
  }

  @Test
  void alphaIsFivePerCentUnlessTold() throws Exception {
    assertThat(read("version: 1\ngates: [{suite: knowledge, maxDrop: 0.03}]").alpha())
        .isEqualTo(0.05);
  }

  @Test
  void aGateMayInsistOnAVersion() {
    Policy.Gate gate = new Policy.Gate("knowledge@1.2", 0.05);
    assertThat(gate.id()).isEqualTo("knowledge");
    assertThat(gate.admits("1.2.7")).isTrue();
    assertThat(gate.admits("1.20.0")).isFalse();
    assertThat(new Policy.Gate("knowledge", 0.05).admits("9.9.9")).isTrue();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void aMistakeGetsOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(PolicyException.class).hasMessage(sentence);
  }

  static Stream<Arguments> mistakes() {
    String gates = "\ngates: [{suite: knowledge, maxDrop: 0.05}]";
    return Stream.of(
        Arguments.of("", "The policy policy.yaml is no policy; it should begin with version: 1."),
        Arguments.of(
            "just words", "The policy policy.yaml is no policy; it should begin with version: 1."),
        Arguments.of(gates, "The policy policy.yaml has no version; add the line version: 1."),
        Arguments.of(
            "version: 2" + gates, "The policy is of version 2; this palimpsest reads version 1."),
        Arguments.of(
            "version: 1\nalpha: 0.7" + gates,
            "The policy has alpha 0.7; it should be above 0 and below 0.5, such as 0.05."),
        Arguments.of(
            "version: 1\nalpha: low" + gates,
            "The policy policy.yaml has no number in alpha; write one such as alpha: 0.05."),
        Arguments.of(
            "version: 1",
            "The policy policy.yaml has no gates; add gates: with one {suite: ID, maxDrop: 0.05}"
                + " per suite."),
        Arguments.of(
            "version: 1\nwaivers: {allowed: true}" + gates,
            "The policy policy.yaml has the unknown key waivers; known are alpha, gates, version."),
        Arguments.of(
            "version: 1\ngates: [{suite: knowledge, maxdrop: 0.05}]",
            "The policy policy.yaml has the unknown key gates[0].maxdrop; known are maxDrop,"
                + " suite."),
        Arguments.of(
            "version: 1\ngates: [{suite: knowledge, maxDrop: 5}]",
            "The gate of suite knowledge has maxDrop 5.0; it should be between 0 and 1, such as"
                + " 0.05 for five points."),
        Arguments.of(
            "version: 1\ngates: [{maxDrop: 0.05}]",
            "The policy policy.yaml has no suite in gates[0]; add suite: ID."),
        Arguments.of(
            "version: 1\ngates: [{suite: a, maxDrop: 0.05}, {suite: a@1, maxDrop: 0.04}]",
            "The policy has two gates for one suite; keep one of them."),
        Arguments.of(
            "version: 1\ngates: [{suite: a",
            "policy.yaml is neither YAML nor JSON at line 2; correct it there."),
        Arguments.of(
            "version: 1\nversion: 1" + gates,
            "policy.yaml is neither YAML nor JSON at line 2; correct it there."));
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("none.yaml cannot be read");
  }

  private Policy read(String text) throws Exception {
    return PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), text));
  }
}
