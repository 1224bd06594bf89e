package dev.palimpsest.worker.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.jinja.TemplateException;
import dev.palimpsest.prompt.ChatTemplate;
import dev.palimpsest.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries a checkpoint's tokenizer and chat template on a few words, within their budgets. */
final class TextTrial {
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
    try (Tokenizer tokenizer = Tokenizer.open(checkpoint)) {
      tokenizer.encode(SAMPLE.get(0).content(), true);
    } catch (CheckpointException e) {
      findings.add(new Finding(Severity.ERROR, e.file(), e.sentence()));
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
