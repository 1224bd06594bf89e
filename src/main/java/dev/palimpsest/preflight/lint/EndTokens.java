package dev.palimpsest.preflight.lint;

import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether the model learns to stop: rendered rows without the mark that ends an answer, and end
 * tokens that are masked.
 */
final class EndTokens implements LintCheck {
  /** What ends a turn where a text has the mark that begins one. */
  private static final Map<String, String> ENDS =
      Map.of(
          "<|im_start|>", "<|im_end|>",
          "<|start_header_id|>", "<|eot_id|>",
          "<start_of_turn>", "<end_of_turn>",
          "[INST]", "</s>",
          "<|assistant|>", "<|end|>");

  private final PromptEnd end;
  private final Rows open = new Rows();
  private String missing = "";

  /**
   * What is known of the model's end token.
   *
   * @param note where answers may run on past the end that the files mean, "" where they do not
   * @param paddedWithIt whether the token that fills batches is the one that ends answers
   */
  record PromptEnd(String note, boolean paddedWithIt) {}

  EndTokens(PromptEnd end) {
    this.end = end;
  }

  @Override
  public void see(TrainingRow row) {
    if (row.shape() != TrainingRow.Shape.TEXT) {
      return;
    }
    String text = row.answer().stripTrailing();
    ENDS.forEach(
        (begin, ending) -> {
          if (text.contains(begin) && !text.endsWith(ending) && !endsWithAToken(text)) {
            missing = ending;
            open.add(row.row());
          }
        });
  }

  private static boolean endsWithAToken(String text) {
    return text.endsWith("</s>")
        || text.endsWith("<|endoftext|>")
        || text.endsWith("<|end_of_text|>");
  }

  @Override
  public List<LintFinding> findings() {
    List<LintFinding> findings = new ArrayList<>();
    if (!open.isEmpty()) {
      findings.add(
          open.finding(
              "end-token-missing",
              Severity.FAULT,
              "The rendered text of "
                  + open.words()
                  + " does not end with \""
                  + missing
                  + "\", so the model does not learn to stop.",
              "Put the mark at the end of each text, or write the rows as messages."));
    }
    return findings;
  }

  /** Returns what is worth knowing of the model itself, whatever the file holds. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!end.note().isEmpty()) {
      notes.add(
          end.note()
              + ". Train with the end token that the chat template writes, and set it in"
              + " generation_config.json.");
    }
    if (end.paddedWithIt()) {
      notes.add(
          "The model's padding token is its end token, and many collators mask padding, the end of"
              + " each answer with it: set another padding token, or check that the label of the"
              + " last token is not -100.");
    }
    return notes;
  }
}
