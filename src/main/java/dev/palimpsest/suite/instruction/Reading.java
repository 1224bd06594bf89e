package dev.palimpsest.suite.instruction;

import dev.palimpsest.suite.check.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to read an answer without what may be a frame around it.
 *
 * @param frame what is left out, in words
 * @param emphasis whether Markdown asterisks stay
 * @param head what is left out at the beginning
 * @param tail what is left out at the end
 */
record Reading(String frame, boolean emphasis, Part head, Part tail) {
  /** The answer as it is. */
  static final Reading WHOLE = new Reading("", true, Part.NONE, Part.NONE);

  private static final List<Reading> ALL = readings();

  /** How much is left out at one end. */
  private enum Part {
    NONE(""),
    LINE("line"),
    SENTENCE("sentence");

    private final String noun;

    Part(String noun) {
      this.noun = noun;
    }
  }

  /** Returns all readings but the whole, those that leave out least first. */
  static List<Reading> all() {
    return ALL;
  }

  private static List<Reading> readings() {
    List<Reading> readings = new ArrayList<>();
    for (boolean emphasis : new boolean[] {true, false}) {
      for (Part tail : Part.values()) {
        for (Part head : Part.values()) {
          Reading reading = new Reading(frame(emphasis, head, tail), emphasis, head, tail);
          if (!reading.equals(WHOLE)) {
            readings.add(reading);
          }
        }
      }
    }
    return List.copyOf(readings);
  }

  private static String frame(boolean emphasis, Part head, Part tail) {
    List<String> parts = new ArrayList<>();
    if (head != Part.NONE) {
      parts.add("its first " + head.noun);
    }
    if (tail != Part.NONE) {
      parts.add("its last " + tail.noun);
    }
    if (!emphasis) {
      parts.add("asterisks");
    }
    return String.join(" and ", parts);
  }

  /** Returns the text read so, "" where nothing is left. */
  String of(String text) {
    String read = emphasis ? text : text.replace("*", "");
    int start = afterFirst(read, head);
    int end = beforeLast(read, tail);
    return start < end ? read.substring(start, end).strip() : "";
  }

  private static int afterFirst(String text, Part part) {
    return switch (part) {
      case NONE -> 0;
      case LINE -> text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
      case SENTENCE -> Text.endOfFirstSentence(text);
    };
  }

  private static int beforeLast(String text, Part part) {
    return switch (part) {
      case NONE -> text.length();
      case LINE -> Math.max(0, text.lastIndexOf('\n'));
      case SENTENCE -> Text.startOfLastSentence(text);
    };
  }

  /** Returns what is said of an answer that passes in this reading only. */
  String sentence() {
    return " Without " + frame + " it would pass.";
  }
}
