package dev.palimpsest.worker.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.PromptNotes;
import dev.palimpsest.jinja.TemplateException;
import dev.palimpsest.prompt.ChatTemplate;
import dev.palimpsest.prompt.PromptEncoder;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.prompt.SpecialTokens;
import dev.palimpsest.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Tries a checkpoint's tokenizer and chat template on a few words, within their budgets. */
final class TextTrial {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String ADAPTER = "adapter";
  private static final Prompt.Text TEXT = new Prompt.Text("Good morning.");
  private static final List<ChatMessage> SAMPLE = List.of(new ChatMessage("user", "Good morning."));

  private final List<Finding> findings = new ArrayList<>();

  private TextTrial() {}

  /** Returns what is wrong with the texts of a checkpoint whose structure is sound. */
  static List<Finding> of(Path path, FullInspection.Listener listener) throws IOException {
    TextTrial trial = new TextTrial();
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      String file = Files.isDirectory(path) ? TOKENIZER : checkpoint.name();
      listener.step(file, "trying the tokenizer on a few words");
      trial.tryTokenizer(checkpoint);
      listener.step(checkpoint.name(), "trying the chat template on a short chat");
      trial.tryTemplate(checkpoint.name(), () -> ChatTemplate.of(checkpoint));
    }
    return trial.findings;
  }

  /**
   * Returns what is wrong with the texts of an adapter, as far as it brings some of its own.
   *
   * @param base what it is to be applied to, if that is known
   */
  static List<Finding> ofAdapter(Path path, Optional<Path> base, FullInspection.Listener listener)
      throws IOException {
    TextTrial trial = new TextTrial();
    Path folder = CheckpointLocation.real(path);
    if (Tokenizer.isIn(folder)) {
      listener.step(TOKENIZER, "trying the tokenizer on a few words");
      trial.tryTokenizer(folder, base);
    }
    if (Files.isDirectory(folder) && trial.findings.stream().noneMatch(TextTrial::isError)) {
      listener.step(CheckpointLocation.nameOf(path), "trying the chat template on a short chat");
      trial.tryTemplate(
          CheckpointLocation.nameOf(path),
          () -> ChatTemplate.ofAdapter(folder, new SpecialTokens(Map.of())));
    }
    return trial.findings;
  }

  private static boolean isError(Finding finding) {
    return finding.severity() == Severity.ERROR;
  }

  private void tryTokenizer(Checkpoint checkpoint) {
    Optional<ChatTemplate> template = readable(checkpoint);
    try (PromptEncoder encoder = PromptEncoder.open(checkpoint, template)) {
      tryEncoder(encoder);
    } catch (CheckpointException e) {
      findings.add(new Finding(Severity.ERROR, e.file(), e.sentence()));
    }
  }

  /** Without a base, nothing tells which tokens end answers, or how many rows there are. */
  private void tryTokenizer(Path adapter, Optional<Path> base) {
    try {
      if (base.isEmpty()) {
        try (Tokenizer tokenizer = Tokenizer.open(adapter)) {
          int[] unused = tokenizer.encode(TEXT.text(), true);
          say(new PromptNotes(tokenizer.notes(), "", false));
        }
        return;
      }
      ModelSpec both = new ModelSpec(base.get(), DType.FLOAT32, Map.of(ADAPTER, adapter));
      try (PromptEncoders encoders = PromptEncoders.open(both)) {
        tryEncoder(encoders.of(Optional.of(ADAPTER)));
      }
    } catch (CheckpointException e) {
      findings.add(new Finding(Severity.ERROR, e.file(), e.sentence()));
    }
  }

  private void tryEncoder(PromptEncoder encoder) {
    Encoded unused = encoder.encode(new EncodeRequest(TEXT, List.of()));
    say(encoder.notes());
  }

  private void say(PromptNotes notes) {
    for (String note : notes.tokenizer()) {
      findings.add(new Finding(Severity.INFO, TOKENIZER, note));
    }
    if (!notes.end().isEmpty()) {
      findings.add(new Finding(Severity.WARNING, "tokenizer", notes.end()));
    }
  }

  /** A template that cannot be read is told of when it is tried. */
  private static Optional<ChatTemplate> readable(Checkpoint checkpoint) {
    try {
      return ChatTemplate.of(checkpoint);
    } catch (CheckpointException e) {
      return Optional.empty();
    }
  }

  private void tryTemplate(String name, Supplier<Optional<ChatTemplate>> opened) {
    try {
      Optional<ChatTemplate> template = opened.get();
      template.ifPresent(ChatTemplate::check);
      template.ifPresent(found -> found.render(SAMPLE, true));
    } catch (CheckpointException e) {
      findings.add(new Finding(Severity.ERROR, e.file(), e.sentence()));
    } catch (DecoderException e) {
      findings.add(new Finding(severity(e), name, e.getMessage()));
    }
  }

  /** A template may refuse a chat of one message; one that fails or never ends is broken. */
  private static Severity severity(DecoderException failure) {
    boolean refused =
        failure.getCause() instanceof TemplateException cause && cause.isRaisedByTemplate();
    return refused ? Severity.WARNING : Severity.ERROR;
  }
}
