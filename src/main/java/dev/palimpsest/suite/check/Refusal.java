package dev.palimpsest.suite.check;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes the sentences out of an answer that only say that there will be none.
 *
 * <p>A refusal speaks of the speaker and of the task ("I cannot help with that", "As an AI, I …");
 * a story in which somebody cannot walk home is none.
 */
final class Refusal {
  private static final String SPEAKER =
      "\\b(?:i|we)(?:'m|'re| am| are)?(?: really| just| simply| also| currently| sorry,? but i)?";
  private static final String INABILITY =
      "\\s(?:can ?not|can't|could ?n(?:o|')t|won't|will not|would rather not|do not|don't|must not"
          + "|may not|(?:not able|unable|not allowed|not permitted|not going|not comfortable"
          + "|not programmed|not designed|not in a position))\\b";
  private static final String TASK =
      "\\b(?:help|assist\\w*|answer\\w*|comply|complete|fulfil+|provid\\w+|respond|generate|create"
          + "|produce|process|perform|continue|engage|discuss|describe|explain|writ(?:e|ing)"
          + "|do (?:that|this|so|it)|tell you|give you|use the (?:word|letter)|say that|repeat"
          + "|mention|name|list|include|have (?:access|personal|the ability))\\b";
  private static final String IMPOSSIBLE =
      "\\b(?:can ?not|can't|won't|unable|not able|not possible|not allowed|not permitted"
          + "|impossible|declined?|denied|refused?|beyond (?:my|our|what)|against (?:my|our|the)"
          + "|inappropriate|violates?)\\b";

  private static final List<Pattern> REFUSALS =
      List.of(
          pattern(SPEAKER + INABILITY + ".{0,40}" + TASK),
          pattern("\\bas an? (?:ai|artificial|large|language|automated|virtual)\\b"),
          pattern(
              "\\b(?:sorry|apologi[sz]e|apologies|regret|unfortunately)\\b.{0,60}" + IMPOSSIBLE),
          pattern(
              "\\b(?:i|we)(?: must| have to| will| respectfully| politely)* (?:decline|refuse)\\b"),
          pattern(
              "\\b(?:this|that|your|the) (?:request|question|task|prompt|instruction)s?\\b.{0,40}"
                  + IMPOSSIBLE),
          pattern("\\b(?:request|access|permission) (?:denied|declined|refused)\\b"),
          pattern("\\b(?:no|nope|sorry)\\W+i (?:can't|can ?not|won't|will not)\\W*$"));

  private Refusal() {}

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Returns the text without the sentences that refuse; the text itself where none does. */
  static String without(String text) {
    String rest = text;
    for (String sentence : Text.sentences(text)) {
      if (REFUSALS.stream().anyMatch(refusal -> refusal.matcher(sentence).find())) {
        rest = rest.replace(sentence, " ");
      }
    }
    return rest;
  }
}
