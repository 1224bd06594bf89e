package dev.palimpsest.suite.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for the right one of yes and no at the beginning of an answer.
 *
 * @param answer "yes" or "no"
 * @param only whether nothing else may stand there
 */
record YesNo(String answer, boolean only) implements Check {
  private static final Pattern ANSWER =
      Pattern.compile("^\\W*(yes|no)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern BOTH =
      Pattern.compile(
          "^\\W*(?:yes|no)\\W+(?:(?:or|and)\\W+)?(?:yes|no)\\b(?!\\s+\\w)",
          Pattern.CASE_INSENSITIVE);

  YesNo {
    if (!answer.equals("yes") && !answer.equals("no")) {
      throw new InvalidField("answer", "\"" + answer + "\"", "\"yes\" or \"no\"");
    }
  }

  @Override
  public CheckResult test(String text) {
    Matcher found = ANSWER.matcher(text);
    if (!found.find() || BOTH.matcher(text).find()) {
      return CheckResult.failed("starts with " + Text.quote(text) + ", expected yes or no");
    }
    if (!Text.lower(found.group(1)).equals(answer)) {
      return CheckResult.failed("says " + Text.lower(found.group(1)) + ", which is wrong");
    }
    boolean more = text.substring(found.end()).codePoints().anyMatch(Character::isLetterOrDigit);
    return CheckResult.of(
        !only || !more, "says " + answer + ", which is right", "says more than " + answer);
  }

  @Override
  public boolean asksForContent() {
    return true;
  }
}
