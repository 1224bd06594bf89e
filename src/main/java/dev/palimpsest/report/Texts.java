package dev.palimpsest.report;

/** Words for people: names and shortened texts. */
final class Texts {
  private Texts() {}

  /**
   * Returns a capability's name as a heading: "instruction_following" as "Instruction following".
   */
  static String capability(String name) {
    String words = SafeText.visible(name.replace('_', ' ').strip());
    if (words.isEmpty()) {
      return "Suite";
    }
    int first = words.codePointAt(0);
    return Character.toString(Character.toUpperCase(first))
        + words.substring(Character.charCount(first));
  }

  /** Returns the text, cut to a number of characters with an ellipsis in the last place. */
  static String shortened(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
  }
}
