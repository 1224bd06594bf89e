package dev.palimpsest.prompt;

import dev.palimpsest.Sha256;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.model.GgufCheckpoint;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.jinja.Template;
import dev.palimpsest.jinja.TemplateException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The chat template of a checkpoint: renders messages to the text that the model was tuned on.
 *
 * <p>Renders what transformers' apply_chat_template does. The text carries its own special tokens;
 * tokenize it without adding others. The template is parsed when it is first used, so a broken one
 * does not keep plain text from being scored. Safe for use by several threads.
 */
public final class ChatTemplate {
  /**
   * What templates that print a date print, unless {@link #withClock} says otherwise: the same
   * messages give the same tokens on every day.
   */
  private static final Clock FROZEN =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  private static final String DEFAULT = "default";
  private static final String TOOL_USE = "tool_use";

  private final ChatTemplateSource source;
  private final SpecialTokens specialTokens;
  private final Clock clock;
  private final Map<String, Template> parsed = new ConcurrentHashMap<>();

  ChatTemplate(ChatTemplateSource source, SpecialTokens specialTokens, Clock clock) {
    this.source = source;
    this.specialTokens = specialTokens;
    this.clock = clock;
  }

  /**
   * Returns the template of a checkpoint, if it has one.
   *
   * @throws CheckpointException if it is not text
   */
  public static Optional<ChatTemplate> of(Checkpoint checkpoint) {
    return checkpoint instanceof GgufCheckpoint gguf ? ofGguf(gguf) : of(checkpoint.path());
  }

  private static Optional<ChatTemplate> ofGguf(GgufCheckpoint gguf) {
    Optional<ChatTemplateSource> source =
        ChatTemplateSource.of(gguf.name(), gguf.file().metadata());
    return source.map(
        found ->
            new ChatTemplate(
                found,
                new GgufVocabulary(gguf.name(), gguf.file().metadata()).specialTokens(),
                FROZEN));
  }

  /**
   * Returns the template of a Hugging Face folder, whose weights need not be there.
   *
   * @throws CheckpointException if it is not text
   */
  public static Optional<ChatTemplate> of(Path folder) {
    HuggingFaceFolder files = new HuggingFaceFolder(folder);
    return ChatTemplateSource.of(files)
        .map(source -> new ChatTemplate(source, files.specialTokens(), FROZEN));
  }

  /**
   * Returns the template of an adapter's folder, if it has one.
   *
   * @param base the special tokens that stand where the folder names none
   * @throws CheckpointException if it is not text
   */
  public static Optional<ChatTemplate> ofAdapter(Path folder, SpecialTokens base) {
    HuggingFaceFolder files = new HuggingFaceFolder(folder);
    SpecialTokens own = files.specialTokens();
    return ChatTemplateSource.of(files)
        .map(source -> new ChatTemplate(source, own.byName().isEmpty() ? base : own, FROZEN));
  }

  /** Returns the same template with a fixed time for strftime_now. */
  public ChatTemplate withClock(Clock fixed) {
    return new ChatTemplate(source, specialTokens, fixed);
  }

  /**
   * Renders plain messages.
   *
   * @param addGenerationPrompt whether the text ends where the model's answer begins
   * @throws DecoderException if the template refuses the messages, fails or exceeds its budget
   * @throws CheckpointException if the template is broken
   */
  public String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
    return renderMessages(messages, addGenerationPrompt, Map.of());
  }

  /**
   * Renders plain messages with further variables.
   *
   * @param extra as for {@link #render(List, boolean, Map)}
   */
  String renderMessages(
      List<ChatMessage> messages, boolean addGenerationPrompt, Map<String, ?> extra) {
    List<Map<String, ?>> asMaps =
        messages.stream().<Map<String, ?>>map(ChatTemplate::asMap).toList();
    return render(asMaps, addGenerationPrompt, extra);
  }

  private static Map<String, ?> asMap(ChatMessage message) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", message.role());
    map.put("content", message.content());
    return map;
  }

  /**
   * Renders messages with any fields (content parts, tool calls, reasoning).
   *
   * @param messages keys with null are left out, as transformers does
   * @param extra further variables; {@code tools} and {@code documents} among them
   * @throws DecoderException if the template refuses the messages, fails or exceeds its budget
   * @throws CheckpointException if the template is broken
   */
  public String render(
      List<? extends Map<String, ?>> messages, boolean addGenerationPrompt, Map<String, ?> extra) {
    if (messages.isEmpty()) {
      throw new DecoderException("A chat needs at least one message; none was given.");
    }
    Map<String, Object> variables = new LinkedHashMap<>(specialTokens.byName());
    variables.put("tools", null);
    variables.put("documents", null);
    variables.putAll(extra);
    variables.put("messages", messages.stream().map(ChatTemplate::normalized).toList());
    variables.put("add_generation_prompt", addGenerationPrompt);
    return render(template(extra.get("tools") != null), variables);
  }

  private String render(Template template, Map<String, Object> variables) {
    try {
      return template.render(variables, LocalDateTime.now(clock));
    } catch (TemplateException e) {
      if (e.isRaisedByTemplate()) {
        throw new DecoderException(
            "The chat template refuses these messages: " + e.getMessage() + ".", e);
      }
      throw new DecoderException(
          "The chat template cannot be rendered with these messages: " + e.getMessage() + ".", e);
    }
  }

  /** Drops null fields and gives reasoning all names that templates read. */
  private static Map<String, Object> normalized(Map<String, ?> message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    message.forEach(
        (name, value) -> {
          if (value != null) {
            fields.put(name, value);
          }
        });
    for (String name : List.of("reasoning_content", "thinking", "reasoning")) {
      if (fields.containsKey(name)) {
        Object reasoning = fields.get(name);
        Map<String, Object> aliased = new LinkedHashMap<>();
        aliased.put("thinking", reasoning);
        aliased.putAll(fields);
        aliased.put("reasoning_content", reasoning);
        return aliased;
      }
    }
    return fields;
  }

  private Template template(boolean withTools) {
    Map<String, String> byName = source.byName();
    if (withTools && byName.containsKey(TOOL_USE)) {
      return parsed(TOOL_USE);
    }
    if (!byName.containsKey(DEFAULT)) {
      throw new CheckpointException(
          source.file(),
          "has chat templates named %s but none named default; name one so"
              .formatted(String.join(", ", byName.keySet())));
    }
    return parsed(DEFAULT);
  }

  private Template parsed(String name) {
    return parsed.computeIfAbsent(name, ignored -> parse(source.byName().get(name)));
  }

  private Template parse(String text) {
    try {
      return Template.parse(text);
    } catch (TemplateException e) {
      throw new CheckpointException(source.file(), "the chat template: " + e.getMessage());
    }
  }

  /**
   * Parses all templates, so that a broken one is found before it is needed.
   *
   * @throws CheckpointException if one is broken
   */
  public void check() {
    source.byName().keySet().forEach(this::parsed);
  }

  /** Tells whether a template names a variable, or any other text, somewhere. */
  public boolean names(String text) {
    return source.byName().values().stream().anyMatch(template -> template.contains(text));
  }

  /** Returns the sha256 of the templates, lower-case hex. */
  public String digest() {
    return Sha256.hex(new TreeMap<>(source.byName()).toString().getBytes(StandardCharsets.UTF_8));
  }
}
