package dev.palimpsest.preflight.lint;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.training.TrainingRow;
import java.util.List;
import java.util.regex.Pattern;

/** Text that was read in the wrong encoding on its way: replacement characters, "Ã©" for "é". */
final class DamagedText implements LintCheck {
  private static final Pattern DAMAGE =
      Pattern.compile("\uFFFD|Ã[\u0080-\u00BF©¨¶¼¤±³]|â€[™œ\u009D“”˜¦]|\u0000");

  private final Rows rows = new Rows();

  @Override
  public void see(TrainingRow row) {
    if (row.messages().stream()
        .map(ChatMessage::content)
        .anyMatch(text -> DAMAGE.matcher(text).find())) {
      rows.add(row.row());
    }
  }

  @Override
  public List<LintFinding> findings() {
    return rows.isEmpty()
        ? List.of()
        : List.of(
            rows.finding(
                "damaged-text",
                Severity.WARNING,
                "Characters were damaged on their way in " + rows.words() + ".",
                "Read the source again in its own encoding (often UTF-8 taken for Latin-1)."));
  }
}
