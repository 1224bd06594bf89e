package dev.palimpsest.suite.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for one of some answers as what the text comes to, after any working.
 *
 * <p>The answer is what follows the last "the answer is" or "answer:" in its line, else the last
 * line. Of that, an option in brackets such as "(B)" is enough where one is asked for, one word may
 * begin or end a sentence ("valid, because …", "So it is valid."), and anything longer has to be
 * all there is. Where "(B)" is asked for and neither place has an option, the last one of the text
 * counts, as in lm-eval's flexible extraction.
 */
record EndsWithAnswer(List<String> anyOf) implements Check {
  private static final Pattern MARKER =
      Pattern.compile("(?i)\\banswer(?:\\s+is)?\\s*[:=]\\s*|\\banswer\\s+is\\b:?\\s*");

  /** A letter that begins a conclusion, but not the word "A" before another. */
  private static final Pattern BARE_LETTER =
      Pattern.compile("^[*\"']*([A-Za-z])(?=[*\"'.:,)]|\\s*$)(?!'\\p{L})");

  private static final Pattern OPTION = Pattern.compile("\\(([A-Za-z])\\)");

  @Override
  public CheckResult test(String text) {
    Optional<String> marked = afterMarker(text);
    List<String> lines = Text.lines(text);
    String conclusion = marked.orElse(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
    boolean passed =
        anyOf.stream()
            .anyMatch(
                wanted ->
                    OPTION.matcher(wanted).matches()
                        ? wanted.equalsIgnoreCase(option(conclusion, text))
                        : comesTo(conclusion, wanted, marked.isPresent()));
    String found = "the answer comes to " + Text.quote(conclusion);
    return CheckResult.of(
        passed, found, found + ", expected \"" + String.join("\" or \"", anyOf) + "\"");
  }

  /** A final answer fixes the text: neither an echo of the task nor a refusal ends with it. */
  @Override
  public boolean fixesAnswer() {
    return true;
  }

  private static Optional<String> afterMarker(String text) {
    Matcher marker = MARKER.matcher(text);
    int from = -1;
    while (marker.find()) {
      from = marker.end();
    }
    return from < 0 ? Optional.empty() : text.substring(from).lines().findFirst();
  }

  private static String option(String conclusion, String text) {
    Matcher here = OPTION.matcher(conclusion);
    if (here.find()) {
      return here.group();
    }
    Matcher bare = BARE_LETTER.matcher(conclusion);
    if (bare.find()) {
      return "(" + bare.group(1) + ")";
    }
    String last = "";
    Matcher anywhere = OPTION.matcher(text);
    while (anywhere.find()) {
      last = anywhere.group();
    }
    return last;
  }

  private static boolean comesTo(String conclusion, String wanted, boolean marked) {
    if (AnswerIs.same(wanted, conclusion) || spaceless(wanted).equals(spaceless(conclusion))) {
      return true;
    }
    List<String> one = Tokens.of(wanted);
    List<String> found = Tokens.of(conclusion);
    if (one.size() != 1 || found.isEmpty()) {
      return false;
    }
    boolean denied = found.stream().anyMatch(word -> word.equals("not") || word.equals("neither"));
    return !denied && (marked ? found.get(0) : found.get(found.size() - 1)).equals(one.get(0));
  }

  private static String spaceless(String text) {
    return text.replaceAll("\\s+", "");
  }
}
