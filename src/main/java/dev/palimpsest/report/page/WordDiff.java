package dev.palimpsest.report.page;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.palimpsest.report.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The difference of two texts word by word, as segments to be marked up with ins and del.
 *
 * <p>The segments' text is already visible in the sense of {@link SafeText#visible}; it still has
 * to be escaped. Joining the kept and removed segments gives the first text, the kept and added
 * ones the second.
 */
public final class WordDiff {
  private static final Pattern TOKEN =
      Pattern.compile("\\s+|[\\p{L}\\p{N}\\p{M}_]+|.", Pattern.DOTALL);

  /** Beyond this a quadratic comparison takes too long for a page; the texts replace each other. */
  private static final int MOST_TOKENS = 4000;

  /** What became of a stretch of text. */
  public enum Kind {
    KEPT,
    REMOVED,
    ADDED
  }

  /**
   * A stretch of text.
   *
   * @param kind what became of it
   * @param text not empty
   */
  public record Segment(Kind kind, String text) {
    /** Tells whether only the first text has it. */
    public boolean removed() {
      return kind == Kind.REMOVED;
    }

    /** Tells whether only the second text has it. */
    public boolean added() {
      return kind == Kind.ADDED;
    }
  }

  private WordDiff() {}

  /** Returns the way from the first text to the second; removals stand before additions. */
  public static List<Segment> of(String first, String second) {
    List<String> before = tokens(SafeText.visible(first));
    List<String> after = tokens(SafeText.visible(second));
    List<Segment> segments = new ArrayList<>();
    if (before.size() > MOST_TOKENS || after.size() > MOST_TOKENS) {
      append(segments, Kind.REMOVED, before);
      append(segments, Kind.ADDED, after);
      return segments;
    }
    int position = 0;
    Change change = new Change(segments);
    for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
      change.keep(before.subList(position, delta.getSource().getPosition()));
      change.replace(delta.getSource().getLines(), delta.getTarget().getLines());
      position = delta.getSource().getPosition() + delta.getSource().size();
    }
    change.end();
    append(segments, Kind.KEPT, before.subList(position, before.size()));
    return segments;
  }

  /**
   * A change that swallows the spaces and commas which two changed phrases happen to share: read
   * word for word, "a b c" and "x y z" agree in two spaces.
   */
  private static final class Change {
    private final List<Segment> segments;
    private final List<String> removed = new ArrayList<>();
    private final List<String> added = new ArrayList<>();

    Change(List<Segment> segments) {
      this.segments = segments;
    }

    void keep(List<String> tokens) {
      boolean open = !removed.isEmpty() || !added.isEmpty();
      if (open && tokens.stream().noneMatch(WordDiff::isWord)) {
        replace(tokens, tokens);
        return;
      }
      end();
      append(segments, Kind.KEPT, tokens);
    }

    void replace(List<String> before, List<String> after) {
      removed.addAll(before);
      added.addAll(after);
    }

    void end() {
      append(segments, Kind.REMOVED, removed);
      append(segments, Kind.ADDED, added);
      removed.clear();
      added.clear();
    }
  }

  private static boolean isWord(String token) {
    return Character.isLetterOrDigit(token.codePointAt(0));
  }

  private static void append(List<Segment> segments, Kind kind, List<String> tokens) {
    if (!tokens.isEmpty()) {
      segments.add(new Segment(kind, String.join("", tokens)));
    }
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }
}
