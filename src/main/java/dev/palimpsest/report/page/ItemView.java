package dev.palimpsest.report.page;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.report.SafeText;
import java.util.List;
import java.util.Locale;

/**
 * One item side by side, ready to be shown; every text still has to be escaped.
 *
 * @param id the item's
 * @param tier "" where the plan names none
 * @param change what became of it
 * @param title the question in a line
 * @param prompt as rendered for the model
 * @param base what the base did
 * @param tuned what the tuned arm did
 * @param diff the way from the base's output to the tuned arm's
 * @param same whether the two outputs are equal
 * @param ways the two ways to act that the prompt does not show, none for other items
 * @param picked whether the answers were chosen among given ones and not written
 */
public record ItemView(
    String id,
    String tier,
    PairedOutcome.Change change,
    String title,
    String prompt,
    Side base,
    Side tuned,
    List<WordDiff.Segment> diff,
    boolean same,
    List<WayToAct> ways,
    boolean picked) {
  /** Longer texts are cut here; they are whole in items.jsonl. */
  private static final int LONGEST_TEXT = 3000;

  private static final int MARKUP_PER_CHANGE = 70;
  private static final int MARKUP_PER_WAY = 240;

  private static final int LONGEST_LINE = 72;

  /**
   * What one arm did.
   *
   * @param result "right", "wrong", or why there is no score
   * @param output the text or the choice
   * @param extracted the answer taken from it; "" where it is the output itself
   * @param explanation the scorer's reason
   */
  public record Side(String result, String output, String extracted, String explanation) {
    /** Returns the answer, or why there is none, in one short line. */
    public String line() {
      String line = Texts.line(output, LONGEST_LINE);
      return !line.isEmpty() ? line : result.contains("no score") ? result : "(nothing)";
    }

    static Side of(Outcome outcome) {
      String output = shown(outcome.output());
      String extracted = shown(outcome.extracted());
      return new Side(
          ItemView.result(outcome),
          output,
          extracted.strip().equals(output.strip()) ? "" : extracted,
          shown(outcome.explanation()));
    }
  }

  /** Returns what came out on one side: "right", "wrong", or why there is no score. */
  public static String result(Outcome outcome) {
    return switch (outcome.state()) {
      case SCORED -> outcome.isRight() ? "right" : "wrong";
      case TRUNCATED -> "cut off, no score";
      case UNSCORABLE -> "no answer found, no score";
      case ERROR -> "error, no score";
    };
  }

  /**
   * Makes the view of a pair.
   *
   * @param tier the item's tier, or "" for none
   */
  public static ItemView of(PairedOutcome pair, String tier) {
    Side base = Side.of(pair.base());
    Side tuned = Side.of(pair.tuned());
    return new ItemView(
        SafeText.visible(pair.base().itemId()),
        tier,
        pair.change(),
        PromptTitle.of(pair.base().prompt()),
        shown(pair.base().prompt()),
        base,
        tuned,
        WordDiff.of(base.output, tuned.output),
        base.output.equals(tuned.output),
        WayToAct.of(pair),
        pair.base().evidence().isPicked());
  }

  /** Returns about how many bytes its texts take in a page, escaped and marked up. */
  int size() {
    int sides = weight(base) + weight(tuned);
    int changes = diff.stream().mapToInt(part -> weight(part.text()) + MARKUP_PER_CHANGE).sum();
    int options = ways.stream().mapToInt(way -> weight(way.text()) + MARKUP_PER_WAY).sum();
    return weight(title) + weight(prompt) + sides + options + (same ? 0 : changes);
  }

  private static int weight(Side side) {
    return weight(side.line())
        + weight(side.output)
        + weight(side.extracted)
        + weight(side.explanation);
  }

  private static int weight(String text) {
    return text.codePoints()
        .map(
            c ->
                c == '<' || c == '>' || c == '&' || c == '"' || c == '\''
                    ? 6
                    : c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
        .sum();
  }

  private static String shown(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return SafeText.visible(text);
    }
    int more = text.length() - LONGEST_TEXT;
    return SafeText.visible(text.substring(0, LONGEST_TEXT))
        + String.format(Locale.ROOT, "… (%,d more characters in items.jsonl)", more);
  }
}
