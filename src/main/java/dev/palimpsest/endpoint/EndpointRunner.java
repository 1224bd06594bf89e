package dev.palimpsest.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.EndpointAddress;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import dev.palimpsest.inference.Thought;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A model behind an OpenAI-compatible server, asked by the contract of every other runner.
 *
 * <p>Chats are put as the server renders them. Where it does not tell the text ({@link
 * Abilities.Messages#ANSWERED}) it answers messages at once, and choices, which are scored in a
 * text, are put as plain text. Nothing is computed here: what a server's numbers depend on beside
 * the prompt (batches, quantisation, versions) is its own.
 */
public final class EndpointRunner implements ModelRunner {
  /** Requests that are under way at once. */
  private static final int AT_ONCE = 8;

  private static final int UNTOLD = -1;

  private final EndpointClient client;
  private final Abilities abilities;
  private final ExecutorService requests =
      Executors.newFixedThreadPool(
          AT_ONCE,
          task -> {
            Thread thread = new Thread(task, "endpoint");
            thread.setDaemon(true);
            return thread;
          });

  private EndpointRunner(EndpointClient client, Abilities abilities) {
    this.client = client;
    this.abilities = abilities;
  }

  /**
   * Opens an endpoint: asks it which models it has and what it offers.
   *
   * @param key sent as a bearer token, if there is one
   * @throws dev.palimpsest.inference.RunnerDiedException if it cannot be reached
   * @throws DecoderException if it does not have the model or refuses the key
   */
  public static EndpointRunner open(EndpointAddress address, Optional<String> key) {
    return open(address, key, Patience.USUAL);
  }

  static EndpointRunner open(EndpointAddress address, Optional<String> key, Patience patience) {
    EndpointClient client = new EndpointClient(address, key, patience);
    return new EndpointRunner(client, Abilities.of(client));
  }

  /** Tells whether it says how likely a text is, which choices are scored by. */
  public boolean scores() {
    return abilities.likelihood().isPresent();
  }

  /** Returns why choices cannot be scored, in a sentence. */
  public String whyNot() {
    return "The server at "
        + client.address().url()
        + " does not tell how likely a text is: it has neither /completions with echo and logprobs"
        + " (vLLM, llama-cpp-python) nor /completion with n_probs (llama.cpp). Leave out suites"
        + " whose answers are chosen and not written.";
  }

  @Override
  public ModelDescription description() {
    JsonNode identity = abilities.identity();
    return new ModelDescription(
        "endpoint",
        identity.at("/meta/n_params").asLong(0),
        "",
        Integer.MAX_VALUE,
        0,
        client.address().url(),
        "an OpenAI-compatible server, unverified; it says of the model "
            + identity
            + "; scored by "
            + abilities.likelihood().map(Likelihood::words).orElse("nothing"),
        Sha256.hex("tokenizer of " + client.address().words()),
        abilities.messages() == Abilities.Messages.NONE
            ? ""
            : Sha256.hex("template of " + client.address().words()),
        Map.of(),
        Map.of());
  }

  @Override
  public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> all) {
    return together(all, this::encode);
  }

  private Encoded encode(EncodeRequest request) {
    if (request.prompt() instanceof Prompt.Chat chat) {
      if (abilities.messages().isText()) {
        return text(rendered(chat) + chat.assistantPrefix(), request.continuations(), true);
      }
      return request.continuations().isEmpty()
          ? messages(chat)
          : text(plain(chat), request.continuations(), false);
    }
    return text(((Prompt.Text) request.prompt()).text(), request.continuations(), false);
  }

  private String rendered(Prompt.Chat chat) {
    ObjectNode request = chat(chat);
    Optional<String> text =
        abilities.messages() == Abilities.Messages.APPLIED
            ? Abilities.applied(client, request)
            : Abilities.tokenized(client, request);
    return text.orElseThrow(() -> new UnlikelyAnswerException(client, "the rendered messages"));
  }

  private ObjectNode chat(Prompt.Chat chat) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.put("model", abilities.model());
    request.set("messages", Json.mapper().valueToTree(chat.messages()));
    if (!chat.arguments().isEmpty()) {
      request.set("chat_template_kwargs", Json.mapper().valueToTree(chat.arguments()));
    }
    return request;
  }

  private Encoded messages(Prompt.Chat chat) {
    StringBuilder shown = new StringBuilder();
    for (ChatMessage message : chat.messages()) {
      shown.append('<').append(message.role()).append(">\n").append(message.content()).append('\n');
    }
    return new Encoded(shown.toString(), PromptText.ids(chat(chat)), List.of());
  }

  /** A chat in the shape that models without a template get. */
  private static String plain(Prompt.Chat chat) {
    StringBuilder text = new StringBuilder();
    for (ChatMessage message : chat.messages()) {
      text.append(
          switch (message.role()) {
            case "system" -> message.content() + "\n\n";
            case "user" -> "Question: " + message.content() + "\n";
            default -> "Answer: " + message.content() + "\n\n";
          });
    }
    String prefix = chat.assistantPrefix();
    return text.append("Answer:").append(prefix.isEmpty() ? "" : " " + prefix).toString();
  }

  /** White space at the context's end goes to the continuations, as everywhere. */
  private static Encoded text(String context, List<String> continuations, boolean rendered) {
    if (continuations.isEmpty()) {
      return new Encoded(context, ids(context, rendered), List.of());
    }
    String kept = context.stripTrailing();
    String moved = context.substring(kept.length());
    return new Encoded(
        context,
        ids(kept, rendered),
        continuations.stream().map(one -> PromptText.continuation(moved + one)).toList());
  }

  private static int[] ids(String text, boolean rendered) {
    return rendered ? PromptText.rendered(text) : PromptText.ids(text);
  }

  @Override
  public List<List<ContinuationScore>> score(Optional<String> adapter, List<ScoreRequest> all) {
    Likelihood likelihood =
        abilities.likelihood().orElseThrow(() -> new DecoderException(whyNot()));
    List<Scored> each = new ArrayList<>();
    for (ScoreRequest request : all) {
      String context = PromptText.text(request.contextIds());
      boolean rendered = PromptText.isRendered(request.contextIds());
      request
          .continuationIds()
          .forEach(ids -> each.add(new Scored(context, PromptText.text(ids), rendered)));
    }
    List<ContinuationScore> scores =
        together(each, one -> likelihood.score(one.context, one.continuation, one.rendered));
    List<List<ContinuationScore>> grouped = new ArrayList<>();
    int at = 0;
    for (ScoreRequest request : all) {
      int end = at + request.continuationIds().size();
      grouped.add(List.copyOf(scores.subList(at, end)));
      at = end;
    }
    return grouped;
  }

  private record Scored(String context, String continuation, boolean rendered) {}

  @Override
  public List<Generation> generate(Optional<String> adapter, List<GenerateRequest> all) {
    return together(all, this::generate);
  }

  private Generation generate(GenerateRequest request) {
    Optional<JsonNode> chat = PromptText.chat(request.promptIds());
    ObjectNode body =
        chat.map(JsonNode::<ObjectNode>deepCopy)
            .orElseGet(
                () ->
                    Json.mapper()
                        .createObjectNode()
                        .put("model", abilities.model())
                        .put("prompt", PromptText.text(request.promptIds())));
    options(body, request.options());
    if (PromptText.isRendered(request.promptIds())) {
      body.put("add_special_tokens", false);
    }
    JsonNode answer = client.post(chat.isPresent() ? "/chat/completions" : "/completions", body);
    JsonNode choice = answer.at("/choices/0");
    JsonNode text = chat.isPresent() ? choice.at("/message/content") : choice.path("text");
    if (!text.isTextual() && !choice.at("/message/reasoning_content").isTextual()) {
      throw new UnlikelyAnswerException(client, "a text");
    }
    return generation(choice, text.asText(""), answer.at("/usage/completion_tokens").asInt(0));
  }

  private static void options(ObjectNode body, GenerateOptions options) {
    body.put("max_tokens", options.maxNewTokens() + options.thinkingTokens());
    body.put("temperature", options.temperature());
    if (options.temperature() > 0) {
      body.put("top_p", options.topP()).put("seed", options.seed());
    }
  }

  /** Which tokens they were is not told, only how many. */
  private static Generation generation(JsonNode choice, String text, int tokens) {
    int[] ids = new int[tokens];
    Arrays.fill(ids, UNTOLD);
    Generation.Finish finish =
        choice.path("finish_reason").asText().equals("length")
            ? Generation.Finish.LENGTH
            : Generation.Finish.END;
    JsonNode thinking = choice.at("/message/reasoning_content");
    return thinking.isTextual() && !thinking.textValue().isBlank()
        ? new Generation(
            ids, text, finish, new Thought(thinking.textValue(), 0, !text.isEmpty(), text))
        : new Generation(ids, text, finish);
  }

  @Override
  public List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences) {
    throw new DecoderException("A server does not give logits; ask a checkpoint on this machine.");
  }

  /** One of several questions to the server. */
  private interface Question<T, R> {
    R ask(T about);
  }

  /** Asks several at once and returns the answers in the order of the questions. */
  private <T, R> List<R> together(List<T> all, Question<T, R> question) {
    List<Future<R>> futures = new ArrayList<>();
    for (T one : all) {
      Callable<R> task = () -> question.ask(one);
      futures.add(requests.submit(task));
    }
    List<R> answers = new ArrayList<>();
    try {
      for (Future<R> future : futures) {
        answers.add(future.get());
      }
      return answers;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecoderException("The wait for the server was interrupted.");
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  @Override
  public void close() {
    requests.shutdownNow();
  }
}
