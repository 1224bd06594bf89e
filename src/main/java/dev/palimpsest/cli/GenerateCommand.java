package dev.palimpsest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.cli.AskedModels.Question;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code palimpsest generate}: text after prompts. */
@Command(
    name = "generate",
    description = {
      "Generates text; greedy unless a temperature is given.",
      "A request is {\"id\", \"prompt\"}, {\"id\", \"prompt_ids\"} or {\"id\", \"messages\":"
          + " [{\"role\", \"content\"}]}; an answer is {\"id\", \"text\", \"ids\"} with the new"
          + " tokens, the end token included.",
      "A chat may have \"tools\" and \"template_kwargs\" beside its messages, which its template"
          + " gets; where the model thinks before it answers, an answer has \"thinking\" and"
          + " \"answer\" too."
    },
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "prompt",
          "prompt_ids",
          "messages",
          TemplateArguments.TOOLS,
          TemplateArguments.KWARGS,
          AskedModels.FIELD);

  @Mixin private ModelOptions options;
  @Mixin private TemplateArguments arguments;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "256",
      description = "Most new tokens per prompt (default: 256).")
  private int maxNewTokens;

  @Option(
      names = "--chat",
      description = "Takes each \"prompt\" as one message of a user, by the chat template.")
  private boolean chat;

  @Option(
      names = "--thinking-tokens",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Most new tokens of thinking, after whose closing mark up to --max-new-tokens follow"
              + " (default: 0, thinking counts as the rest does).")
  private int thinkingTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "0 for greedy (default).")
  private double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "Samples from the likeliest tokens of this mass (default: 1, all).")
  private double topP;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the sampling (default: 0).")
  private long seed;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    GenerateOptions how = how();
    List<JsonLine> lines = Requests.read(options.requests());
    lines.forEach(this::check);
    AskedModels models = options.models();
    List<Question> questions = models.questions(lines);
    try (JsonLinesWriter out = JsonLinesWriter.open(options.out());
        LocalRunner runner = options.open()) {
      long started = System.nanoTime();
      List<Optional<String>> adapters = questions.stream().map(q -> q.model().adapter()).toList();
      List<GenerateRequest> requests =
          questions.stream().map(q -> new GenerateRequest(promptIds(q, runner), how)).toList();
      List<Generation> found = runner.generateEach(adapters, requests);
      for (Question question : questions) {
        out.write(answer(models.begin(question), found.get(question.number())));
      }
      out.commit();
      options.report(started, lines.size());
    }
    return ExitCode.PASS;
  }

  private GenerateOptions how() {
    try {
      return new GenerateOptions(maxNewTokens, temperature, topP, seed, thinkingTokens);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--max-new-tokens should be at least 1, --thinking-tokens and --temperature at least 0,"
              + " --top-p above 0 and at most 1.",
          e);
    }
  }

  private void check(JsonLine line) {
    line.id();
    line.allowOnly(FIELDS);
    checkArguments(line);
    if (line.has("prompt_ids")) {
      if (line.ids("prompt_ids").length == 0) {
        throw line.fail("prompt_ids", "is empty; give at least one token");
      }
    } else if (line.has("messages")) {
      messages(line);
    } else {
      line.text("prompt");
    }
  }

  private void checkArguments(JsonLine line) {
    boolean chatted = line.has("messages") || (chat && !line.has("prompt_ids"));
    for (String field : List.of(TemplateArguments.TOOLS, TemplateArguments.KWARGS)) {
      if (line.has(field) && !chatted) {
        throw line.fail(field, "is for chats; give \"messages\" with it, or --chat");
      }
    }
    arguments.of(line);
  }

  private int[] promptIds(Question question, LocalRunner runner) {
    JsonLine line = question.line();
    Optional<String> adapter = question.model().adapter();
    if (line.has("prompt_ids")) {
      line.checkVocabulary("prompt_ids", runner.vocabularySize(adapter));
      return line.ids("prompt_ids");
    }
    EncodeRequest request = new EncodeRequest(prompt(line), List.of());
    return runner.encode(adapter, List.of(request)).get(0).contextIds();
  }

  private Prompt prompt(JsonLine line) {
    if (line.has("messages")) {
      return new Prompt.Chat(messages(line), "", arguments.of(line));
    }
    String text = line.text("prompt");
    return chat
        ? new Prompt.Chat(List.of(new ChatMessage("user", text)), "", arguments.of(line))
        : new Prompt.Text(text);
  }

  private static List<ChatMessage> messages(JsonLine line) {
    JsonNode messages = line.object().get("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw line.wrong("messages", "a list of {\"role\", \"content\"}");
    }
    List<ChatMessage> result = new ArrayList<>();
    for (JsonNode message : messages) {
      if (!message.path("role").isTextual() || !message.path("content").isTextual()) {
        throw line.fail(
            "messages", "entry " + result.size() + " needs a \"role\" and a \"content\" text");
      }
      result.add(
          new ChatMessage(message.get("role").textValue(), message.get("content").textValue()));
    }
    return result;
  }

  private static Map<String, ?> answer(Map<String, Object> answer, Generation generation) {
    answer.put("text", generation.text());
    answer.put("ids", generation.ids());
    if (generation.thought() != null) {
      answer.put("thinking", generation.thought().thinking());
      answer.put("answer", generation.thought().answer());
    }
    return answer;
  }
}
