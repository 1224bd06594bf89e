package dev.palimpsest.report.page;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.report.SafeText;
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
