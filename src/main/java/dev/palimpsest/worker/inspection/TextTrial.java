package dev.palimpsest.worker.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.jinja.TemplateException;
import dev.palimpsest.prompt.ChatTemplate;
import dev.palimpsest.prompt.PromptEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries a checkpoint's tokenizer and chat template on a few words, within their budgets. */
final class TextTrial {
  private static final Prompt TEXT = new Prompt.Text("Good morning.");
  private static final List<ChatMessage> SAMPLE = List.of(new ChatMessage("user", "Good morning."));

  private final List<Finding> findings = new ArrayList<>();

  private TextTrial() {}

  /** Returns what is wrong with the texts of a checkpoint whose structure is sound. */
  static List<Finding> of(Path path, FullInspection.Listener listener) throws IOException {
    TextTrial trial = new TextTrial();
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      String file = Files.isDirectory(path) ? "tokenizer.json" : checkpoint.name();
      listener.step(file, "trying the tokenizer on a few words");
      trial.tryTokenizer(checkpoint);
      listener.step(checkpoint.name(), "trying the chat template on a short chat");
      trial.tryTemplate(checkpoint);
    }
    return trial.findings;
  }

  private void tryTokenizer(Checkpoint checkpoint) {
    Optional<ChatTemplate> template = readable(checkpoint);
    try (PromptEncoder encoder = PromptEncoder.open(checkpoint, template)) {
      Encoded unused = encoder.encode(new EncodeRequest(TEXT, List.of()));
      sayNotes(encoder);
    } catch (CheckpointException e) {
      findings.add(new Finding(Severity.ERROR, e.file(), e.sentence()));
    }
  }

  private void sayNotes(PromptEncoder encoder) {
    for (String note : encoder.tokenizerNotes()) {
      findings.add(new Finding(Severity.INFO, "tokenizer.json", note));
    }
    encoder
        .endNote()
        .ifPresent(note -> findings.add(new Finding(Severity.WARNING, "tokenizer", note)));
  }

  /** A template that cannot be read is told of when it is tried. */
  private static Optional<ChatTemplate> readable(Checkpoint checkpoint) {
    try {
      return ChatTemplate.of(checkpoint);
    } catch (CheckpointException e) {
      return Optional.empty();
    }
  }

  private void tryTemplate(Checkpoint checkpoint) {
    try {
      Optional<ChatTemplate> template = ChatTemplate.of(checkpoint);
      template.ifPresent(ChatTemplate::check);
      template.ifPresent(found -> found.render(SAMPLE, true));
    } catch (CheckpointException e) {
      findings.add(new Finding(Severity.ERROR, e.file(), e.sentence()));
    } catch (DecoderException e) {
      findings.add(new Finding(severity(e), checkpoint.name(), e.getMessage()));
    }
  }

  /** A template may refuse a chat of one message; one that fails or never ends is broken. */
  private static Severity severity(DecoderException failure) {
    boolean refused =
        failure.getCause() instanceof TemplateException cause && cause.isRaisedByTemplate();
    return refused ? Severity.WARNING : Severity.ERROR;
  }
}
