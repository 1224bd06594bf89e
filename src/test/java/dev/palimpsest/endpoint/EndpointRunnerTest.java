package dev.palimpsest.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.endpoint.StandInServer.Fault;
import dev.palimpsest.endpoint.StandInServer.Offer;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.EndpointAddress;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.RunnerDiedException;
import dev.palimpsest.inference.ScoreRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model behind a server answers as the contract of all runners says. */
final class EndpointRunnerTest {
  private static final Patience SHORT =
      new Patience(
          4,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMillis(1),
          Duration.ofMillis(20));

  private static EndpointRunner open(StandInServer server) {
    return EndpointRunner.open(new EndpointAddress(server.url(), "tiny"), Optional.empty(), SHORT);
  }

  private static EncodeRequest chat(String text, String prefix, String... continuations) {
    return new EncodeRequest(
        new Prompt.Chat(List.of(new ChatMessage("user", text)), prefix), List.of(continuations));
  }

  private static List<ContinuationScore> scored(EndpointRunner runner, EncodeRequest request) {
    Encoded encoded = runner.encode(Optional.empty(), List.of(request)).get(0);
    return runner
        .score(
            Optional.empty(),
            List.of(new ScoreRequest(encoded.contextIds(), encoded.continuationIds())))
        .get(0);
  }

  @Test
  void choicesAreScoredByTheEchoedPrompt() {
    try (StandInServer server = new StandInServer(Offer.COMPLETIONS, Offer.ECHO);
        EndpointRunner runner = open(server)) {
      List<ContinuationScore> scores =
          scored(
              runner,
              new EncodeRequest(
                  new Prompt.Text("Question: Who?\nAnswer: It is "), List.of("me", " you all")));
      assertThat(scores.get(0).logProb())
          .as("the context's last space goes to the continuation: \" me\"")
          .isCloseTo(-0.3, within(1e-6));
      assertThat(scores.get(1).tokenLogProbs()).hasSize(3);
      assertThat(scores.get(0).isGreedy()).isFalse();
      assertThat(runner.scores()).isTrue();
      assertThat(runner.description().engine()).contains("unverified", "echo", "a test");
      assertThat(runner.description().parameters()).isEqualTo(42);
      assertThat(runner.description().format(Optional.empty()).hasChatTemplate()).isFalse();
    }
  }

  /** Rendered by one server, by way of tokens by another: the text that is scored is the same. */
  @Test
  void messagesAreScoredInTheTextThatTheServerMakesOfThem() {
    try (StandInServer llama =
            new StandInServer(Offer.COMPLETIONS, Offer.APPLY_TEMPLATE, Offer.N_PROBS);
        StandInServer vllm =
            new StandInServer(Offer.COMPLETIONS, Offer.ECHO, Offer.CHAT, Offer.DETOKENIZE);
        EndpointRunner one = open(llama);
        EndpointRunner other = open(vllm)) {
      EncodeRequest request = chat("Who?", " It is", " me", " nobody");
      assertThat(one.encode(Optional.empty(), List.of(request)).get(0).rendered())
          .isEqualTo("<user> Who? </s> <assistant> It is")
          .isEqualTo(other.encode(Optional.empty(), List.of(request)).get(0).rendered());
      for (EndpointRunner runner : List.of(one, other)) {
        List<ContinuationScore> scores = scored(runner, request);
        assertThat(scores.get(0).logProb()).isCloseTo(-0.3, within(1e-6));
        assertThat(scores.get(1).logProb()).isCloseTo(-0.7, within(1e-6));
      }
      assertThat(one.description().engine()).contains("n_probs");
      assertThat(vllm.bodies.get(vllm.bodies.size() - 1).path("add_special_tokens").asBoolean(true))
          .as("the template has put its own special tokens")
          .isFalse();
    }
  }

  @Test
  void aServerThatTellsNoLikelihoodGeneratesAndRefusesChoicesWithTheReason() {
    try (StandInServer server = new StandInServer(Offer.COMPLETIONS, Offer.CHAT);
        EndpointRunner runner = open(server)) {
      assertThat(runner.scores()).isFalse();
      assertThatThrownBy(() -> scored(runner, chat("Who?", "", " me")))
          .isInstanceOf(DecoderException.class)
          .hasMessageContaining("does not tell how likely a text is")
          .hasMessageContaining("Leave out suites whose answers are chosen");
      Encoded encoded = runner.encode(Optional.empty(), List.of(chat("Who?", ""))).get(0);
      Generation answer =
          runner
              .generate(
                  Optional.empty(),
                  List.of(new GenerateRequest(encoded.contextIds(), GenerateOptions.greedy(9))))
              .get(0);
      assertThat(answer.text()).isEqualTo("You said: Who?");
      assertThat(answer.ids()).hasSize(3);
      assertThat(answer.finish()).isEqualTo(Generation.Finish.LENGTH);
      assertThat(encoded.rendered()).contains("<user>", "Who?");
    }
  }

  @Test
  void answersComeInTheOrderOfTheQuestions() {
    try (StandInServer server = new StandInServer(Offer.CHAT);
        EndpointRunner runner = open(server)) {
      List<EncodeRequest> requests =
          IntStream.range(0, 40).mapToObj(i -> chat("number " + i, "")).toList();
      List<Generation> answers =
          runner.generate(
              Optional.empty(),
              runner.encode(Optional.empty(), requests).stream()
                  .map(one -> new GenerateRequest(one.contextIds(), GenerateOptions.greedy(9)))
                  .toList());
      for (int i = 0; i < 40; i++) {
        assertThat(answers.get(i).text()).isEqualTo("You said: number " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"TOO_MANY", "BROKEN", "CUT", "SLOW", "NO_JSON"})
  void whatMayPassIsTriedAgain(Fault fault) {
    try (StandInServer server = new StandInServer(Offer.CHAT);
        EndpointRunner runner = open(server)) {
      server.next(fault, Fault.TOO_MANY, Fault.BROKEN);
      assertThat(answer(runner, "Who?")).isEqualTo("You said: Who?");
    }
  }

  private static String answer(EndpointRunner runner, String text) {
    Encoded encoded = runner.encode(Optional.empty(), List.of(chat(text, ""))).get(0);
    return runner
        .generate(
            Optional.empty(),
            List.of(new GenerateRequest(encoded.contextIds(), GenerateOptions.greedy(9))))
        .get(0)
        .text();
  }

  @Test
  void aServerThatDoesNotRecoverCountsAsGone() {
    try (StandInServer server = new StandInServer(Offer.CHAT);
        EndpointRunner runner = open(server)) {
      server.next(Fault.BROKEN, Fault.BROKEN, Fault.NO_JSON, Fault.TOO_MANY);
      assertThatThrownBy(() -> answer(runner, "Who?"))
          .isInstanceOf(RunnerDiedException.class)
          .hasMessageContaining("status 429 (“slow down”), 4 times");
      assertThat(answer(runner, "Who?")).as("and may be there again").contains("Who?");
    }
  }

  @Test
  void aRefusedPromptIsThatPromptsFaultAlone() {
    try (StandInServer server = new StandInServer(Offer.COMPLETIONS);
        EndpointRunner runner = open(server)) {
      int[] ids = PromptText.ids("this is too long");
      assertThatThrownBy(
              () ->
                  runner.generate(
                      Optional.empty(),
                      List.of(new GenerateRequest(ids, GenerateOptions.greedy(1)))))
          .isInstanceOf(DecoderException.class)
          .isNotInstanceOf(RunnerDiedException.class)
          .hasMessageContaining("status 400 (“prompt has too many tokens”)");
    }
  }

  @Test
  void theKeyGoesToTheServerAloneAndNeverInTheClear() {
    try (StandInServer server = new StandInServer(Offer.CHAT)) {
      EndpointAddress address = new EndpointAddress(server.url(), "tiny");
      EndpointRunner.open(address, Optional.of("secret"), SHORT).close();
      assertThat(server.keys).isNotEmpty().allMatch("Bearer secret"::equals);
      server.next(Fault.ELSEWHERE);
      assertThatThrownBy(() -> EndpointRunner.open(address, Optional.of("secret"), SHORT))
          .hasMessageContaining("redirects are not followed")
          .hasMessageNotContaining("secret");
      assertThatThrownBy(
              () ->
                  EndpointRunner.open(
                      new EndpointAddress("http://models.example.org/v1", "tiny"),
                      Optional.of("secret"),
                      SHORT))
          .hasMessageContaining("in the clear");
    }
  }

  @Test
  void aModelThatIsNotThereIsNamedWithThoseThatAre() {
    try (StandInServer server = new StandInServer(Offer.CHAT)) {
      assertThatThrownBy(
              () ->
                  EndpointRunner.open(
                      new EndpointAddress(server.url(), "huge"), Optional.empty(), SHORT))
          .hasMessageContaining("has no model huge; it offers tiny, other");
      assertThatThrownBy(
              () ->
                  EndpointRunner.open(
                      new EndpointAddress(server.url(), ""), Optional.empty(), SHORT))
          .hasMessageContaining("several models");
    }
  }

  @Test
  void pausesGrowAndTheServerMaySayHowLong() {
    Instant now = Instant.parse("2026-11-24T03:00:00Z");
    for (int tries = 1; tries < 30; tries++) {
      assertThat(Patience.USUAL.pause(tries, Optional.empty(), now))
          .isBetween(Duration.ZERO, Duration.ofSeconds(1L << Math.min(7, tries - 1)));
    }
    assertThat(Patience.USUAL.pause(1, Optional.of("7"), now)).isEqualTo(Duration.ofSeconds(7));
    assertThat(Patience.USUAL.pause(1, Optional.of("86400"), now)).isEqualTo(Duration.ofMinutes(2));
    assertThat(Patience.USUAL.pause(1, Optional.of("Tue, 24 Nov 2026 03:00:09 GMT"), now))
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(Patience.USUAL.pause(1, Optional.of("Tue, 24 Nov 2026 02:00:00 GMT"), now))
        .isEqualTo(Duration.ZERO);
    assertThat(Patience.USUAL.pause(1, Optional.of("soon"), now))
        .isBetween(Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  void addressesAreReadAndOthersRefused() {
    assertThat(EndpointAddress.parse("https://models.example.org#my-lora", "base"))
        .isEqualTo(new EndpointAddress("https://models.example.org/v1", "my-lora"));
    assertThat(EndpointAddress.parse("http://127.0.0.1:8080/api/v1/", "base").url())
        .isEqualTo("http://127.0.0.1:8080/api/v1");
    assertThat(EndpointAddress.isOne("/models/base")).isFalse();
    for (String wrong :
        List.of(
            "ftp://models.example.org",
            "https://me:pw@models.example.org",
            "https://",
            "https://models.example.org/v1?key=1")) {
      assertThatThrownBy(() -> EndpointAddress.parse(wrong, ""))
          .as(wrong)
          .isInstanceOf(DecoderException.class);
    }
  }
}
