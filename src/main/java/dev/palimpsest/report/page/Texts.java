package dev.palimpsest.report.page;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.report.SafeText;
import java.util.List;
import java.util.Locale;

/** Words for people: names and shortened texts. */
final class Texts {
  private Texts() {}

  /**
   * Returns a capability's name as a heading: "instruction_following" as "Instruction following".
   */
  static String capability(String name) {
    String heading = SafeText.visible(CapabilityName.heading(name));
    return heading.isEmpty() ? "Suite" : heading;
  }

  /** Returns a whole number with thin spaces between thousands; what is none as it is. */
  static String grouped(String number) {
    return number.matches("\\d{1,18}")
        ? String.format(Locale.ROOT, "%,d", Long.parseLong(number)).replace(',', '\u202f')
        : number;
  }

  /** Joins names as "a", "a and b", "a, b and c". */
  static String joined(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** Returns the text in one line, cut like {@link #shortened}. */
  static String line(String text, int most) {
    return shortened(text.strip().replaceAll("\\s+", " "), most);
  }

  /** Returns the text, cut to a number of characters with an ellipsis in the last place. */
  static String shortened(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
  }
}
