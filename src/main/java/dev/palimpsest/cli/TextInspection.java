package dev.palimpsest.cli;

import dev.palimpsest.checkpoint.Checkpoint;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Inspection.Finding;
import dev.palimpsest.checkpoint.Inspection.Severity;
import dev.palimpsest.decoder.ChatMessage;
import dev.palimpsest.decoder.DecoderException;
import dev.palimpsest.decoder.text.ChatTemplate;
import dev.palimpsest.decoder.text.Tokenizer;
import dev.palimpsest.decoder.text.jinja.TemplateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries a checkpoint's tokenizer and chat template on a few words, within their budgets. */
final class TextInspection {
  private static final List<ChatMessage> SAMPLE = List.of(new ChatMessage("user", "Good morning."));

  private final List<Finding> findings = new ArrayList<>();

  private TextInspection() {}

  /** Returns what is wrong with the texts of a checkpoint whose structure is sound. */
  static List<Finding> of(Path path) {
    TextInspection inspection = new TextInspection();
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      inspection.tryTokenizer(checkpoint);
      inspection.tryTemplate(checkpoint);
    }
    return inspection.findings;
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
