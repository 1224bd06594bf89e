package dev.palimpsest.preflight.lint;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Marks of chat templates that stand in the texts: of another model's, or of this one's a second
 * time.
 */
final class ForeignMarkers implements LintCheck {
  private static final List<String> MARKS =
      List.of(
          "<|im_start|>",
          "<|im_end|>",
          "[INST]",
          "[/INST]",
          "<<SYS>>",
          "<|start_header_id|>",
          "<|eot_id|>",
          "<start_of_turn>",
          "<end_of_turn>",
          "<|assistant|>",
          "<|user|>",
          "<|end|>",
          "<｜Assistant｜>",
          "<|START_OF_TURN_TOKEN|>",
          "### Instruction:",
          "### Response:",
          "<|endoftext|>",
          "<|channel|>");

  private final String template;
  private final Set<String> foreign = new LinkedHashSet<>();
  private final Rows rows = new Rows();
  private final Rows twice = new Rows();

  /**
   * Creates the check.
   *
   * @param template a chat as the model's template renders it, "" where it has none
   */
  ForeignMarkers(String template) {
    this.template = template;
  }

  @Override
  public void see(TrainingRow row) {
    boolean rendered = row.shape() == TrainingRow.Shape.TEXT;
    boolean own = false;
    boolean other = false;
    for (String mark : MARKS) {
      if (row.messages().stream().map(ChatMessage::content).anyMatch(text -> text.contains(mark))) {
        if (template.contains(mark)) {
          own = true;
        } else if (!template.isEmpty() || !rendered) {
          other = true;
          foreign.add(mark);
        }
      }
    }
    if (other) {
      rows.add(row.row());
    }
    if (own && !rendered) {
      twice.add(row.row());
    }
  }

  @Override
  public List<LintFinding> findings() {
    List<LintFinding> findings = new ArrayList<>();
    if (!rows.isEmpty()) {
      findings.add(
          rows.finding(
              "other-template",
              Severity.FAULT,
              "%s %s marks that the model's chat template does not use%s: %s."
                  .formatted(
                      rows.words(),
                      rows.count() == 1 ? "has" : "have",
                      template.isEmpty() ? " (it has none)" : "",
                      String.join(" ", foreign)),
              "Write the rows as messages and let the trainer apply the model's template."));
    }
    if (!twice.isEmpty()) {
      findings.add(
          twice.finding(
              "template-twice",
              Severity.FAULT,
              "Marks of the model's chat template stand inside the messages of "
                  + twice.words()
                  + ", so that the trainer renders them a second time.",
              "Take the marks out of the messages."));
    }
    return findings;
  }
}
