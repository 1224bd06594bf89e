package dev.palimpsest.cli;

import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.prompt.ChatTemplate;
import dev.palimpsest.prompt.Tokenizer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code palimpsest tokenize}: token ids of texts and chats. */
@Command(
    name = "tokenize",
    description = {
      "Gives the token ids of texts and chats.",
      "A request is {\"id\", \"text\", \"add_special_tokens\"} (true if left out) or {\"id\","
          + " \"messages\", \"add_generation_prompt\"} (false if left out) with \"tools\","
          + " \"documents\" and any other variable of the chat template beside them or in"
          + " \"template_kwargs\"; an answer is {\"id\", \"ids\"} and, for messages, \"rendered\"."
    },
    mixinStandardHelpOptions = true)
final class TokenizeCommand implements Callable<Integer> {
  private static final Set<String> TEXT_FIELDS = Set.of("id", "text", "add_special_tokens");
  private static final Set<String> CHAT_FIELDS =
      Set.of(
          "id",
          "messages",
          "add_generation_prompt",
          TemplateArguments.TOOLS,
          TemplateArguments.KWARGS);

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "PATH",
      description = "A Hugging Face folder or a .gguf file.")
  private Path checkpoint;

  @Mixin private RequestFiles files;
  @Mixin private TemplateClock clock;
  @Mixin private TemplateArguments arguments;

  @Override
  public Integer call() {
    List<JsonLine> lines = Requests.read(files.requests());
    lines.forEach(this::check);
    try (JsonLinesWriter out = JsonLinesWriter.open(files.out());
        Checkpoint opened = Checkpoint.open(checkpoint);
        Tokenizer tokenizer = Tokenizer.open(opened)) {
      Optional<ChatTemplate> template = ChatTemplate.of(opened);
      Clock now = clock.get();
      for (JsonLine line : lines) {
        out.write(
            line.has("messages")
                ? chat(line, tokenizer, template.map(found -> found.withClock(now)))
                : text(line, tokenizer));
      }
      out.commit();
    }
    return ExitCode.PASS;
  }

  private void check(JsonLine line) {
    line.id();
    if (line.has("messages")) {
      messages(line);
      line.flag("add_generation_prompt", false);
      arguments.of(line);
    } else {
      line.allowOnly(TEXT_FIELDS);
      line.text("text");
      line.flag("add_special_tokens", true);
    }
  }

  private static Map<String, ?> text(JsonLine line, Tokenizer tokenizer) {
    int[] ids = tokenizer.encode(line.text("text"), line.flag("add_special_tokens", true));
    return answer(line, ids);
  }

  private static Map<String, Object> answer(JsonLine line, int[] ids) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", line.id());
    answer.put("ids", ids);
    return answer;
  }

  private Map<String, ?> chat(JsonLine line, Tokenizer tokenizer, Optional<ChatTemplate> template) {
    ChatTemplate found =
        template.orElseThrow(
            () -> line.fail("messages", "cannot be used: the checkpoint has no chat template"));
    String rendered = render(line, found);
    Map<String, Object> answer = answer(line, tokenizer.encode(rendered, false));
    answer.put("rendered", rendered);
    return answer;
  }

  private String render(JsonLine line, ChatTemplate template) {
    try {
      return template.render(
          messages(line), line.flag("add_generation_prompt", false), variables(line));
    } catch (DecoderException e) {
      throw new RequestsException(
          "%s, line %d: %s".formatted(line.file(), line.number(), e.getMessage()), e);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, ?>> messages(JsonLine line) {
    boolean objects =
        line.object().get("messages").isArray() && !line.object().get("messages").isEmpty();
    for (var message : line.object().get("messages")) {
      objects &= message.isObject();
    }
    if (!objects) {
      throw line.wrong("messages", "a list of {\"role\", \"content\"}");
    }
    return Json.mapper().convertValue(line.object().get("messages"), List.class);
  }

  private Map<String, Object> variables(JsonLine line) {
    Map<String, Object> variables = new LinkedHashMap<>(arguments.of(line));
    line.object()
        .properties()
        .forEach(
            entry -> {
              if (!CHAT_FIELDS.contains(entry.getKey())) {
                variables.put(
                    entry.getKey(), Json.mapper().convertValue(entry.getValue(), Object.class));
              }
            });
    return variables;
  }
}
