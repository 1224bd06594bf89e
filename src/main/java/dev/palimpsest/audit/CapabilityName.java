package dev.palimpsest.audit;

/** Writes the name of a capability, an identifier in suites and plans, as people read it. */
public final class CapabilityName {
  private CapabilityName() {}

  /** Returns it within a sentence: "instruction_following" as "instruction following". */
  public static String words(String capability) {
    return capability.replace('_', ' ').strip();
  }

  /**
   * Returns it as a heading or the beginning of a sentence, "Instruction following"; "" for none.
   */
  public static String heading(String capability) {
    String words = words(capability);
    if (words.isEmpty()) {
      return "";
    }
    int first = words.codePointAt(0);
    return Character.toString(Character.toUpperCase(first))
        + words.substring(Character.charCount(first));
  }

  /** Returns it as the subject of a sentence; a capability without a name is "The suite". */
  public static String subject(String capability) {
    String heading = heading(capability);
    return heading.isEmpty() ? "The suite" : heading;
  }
}
