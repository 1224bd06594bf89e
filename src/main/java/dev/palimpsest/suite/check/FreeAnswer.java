package dev.palimpsest.suite.check;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads an answer to a question of fact that was written freely: does it name the answer, does it
 * say that there is none, does it speak in sentences at all.
 *
 * <p>An answer abstains if a sentence of it says that the speaker does not know, that the thing
 * does not exist or that something is missing. A weak hedge ("I'm not sure, but it is …") does not
 * count, because the claim follows it.
 */
public final class FreeAnswer {
  private static final String NOT = "(?:not|n't|n’t|never)";
  private static final String SPEAKER = "\\b(?:i|we)\\b";

  /** The speaker does not know. */
  private static final String IGNORANCE =
      SPEAKER
          + "(?:'m| am| are|'re)?(?: sorry,? (?:but )?i)?(?: really| currently| simply| just)?"
          + "(?:(?: do| did| have| could| can| was| were| am)?"
          + NOT
          + "|(?: do| did| have| could| can| was| were) "
          + NOT
          + "| cannot| not| am not| are not)"
          + "(?: really| actually| currently| yet| been able to| able to| personally)*"
          + " (?:know|aware|familiar|heard|hear|find|found|locate|recogni[sz]e|recall|identify"
          + "|have (?:any |enough |specific |reliable |that |this |access |the |a )*(?:information|records?|knowledge|data|details"
          + "|context|evidence|access|memory|way)"
          + "|knowledge|determine|tell (?:you|from)|say (?:for|what|who|which|where|when)|verify|confirm|able to (?:find|verify"
          + "|confirm|determine|tell|say|answer))\\b";

  /** The thing does not exist. */
  private static final String ABSENCE =
      "\\b(?:there (?:is|was|are|were|has been|have been)(?: no|n't (?:a|an|any)| not (?:a|an|any))\\b"
          + "|no (?:such|known|record|records|evidence|country|city|river|book|novel|person|animal"
          + "|information|reliable|real|widely|well-known)\\b.{0,60}"
          + "|(?:does|do|did) "
          + NOT
          + " (?:actually |really |seem to |appear to )?(?:exist|appear|correspond|match|have an? known)"
          + "|(?:does|do|did)(?:n't|n’t) (?:actually |really |seem to |appear to )?(?:exist|appear|correspond|match)"
          + "|(?:fictional|fictitious|imaginary|imagined|made[- ]?up|invented name|non-?existent|mythical place"
          + "|not real|unreal|unknown to me|fabricated|hypothetical)\\b"
          + "|(?:is|are|was|were)(?: not|n't|n’t) (?:actually |really |in fact )?(?:an? )?(?:real|known|recogni[sz]ed|existing|actual"
          + "|true|widely|well[- ]known|documented|listed)\\b"
          + "|never (?:existed|wrote|composed|painted|made|discovered|invented|directed|happened|took place|won|had|was|been|lived|visited|landed)\\b)";

  /** Something is missing from the question. */
  private static final String MISSING =
      "\\b(?:(?:did|do|does|have|has|is|are|was|were)(?: not|n't|n’t)(?: been)? (?:say|said|mention(?:ed)?|tell|told|specif(?:y|ied)"
          + "|state[d]?|provide[d]?|give|given|include[d]?|shared?|indicate[d]?|enough)\\b"
          + "|(?:not|isn't|without) (?:enough|sufficient|more) (?:information|context|details?)"
          + "|(?:need|require)s? (?:more|additional|further|to know)\\b"
          + "|(?:could|can|would|please) (?:you )?(?:please )?(?:clarify|provide|specify|tell me|share|give me|check)\\b"
          + "|(?:no|not any) (?:information|mention|details?|indication)\\b"
          + "|impossible to (?:say|know|tell|determine)|(?:cannot|can't|can not) be (?:determined|known|answered)"
          + "|no way (?:to|of) know|not possible to (?:say|know|tell|determine)"
          + ")";

  /** The question is another one. */
  private static final String CORRECTION =
      "\\b(?:(?:did|do) you (?:perhaps |maybe )?mean|you (?:may|might|could|probably|must) (?:be (?:thinking|referring|mistaken)|have (?:meant|misspelled|confused)|mean)"
          + "|(?:may|might|could|seems? to|appears? to) be (?:a )?(?:misspell|mistake|mistaken|confus|typo|fiction|invent)"
          + "|mistaken|misunderstanding|misconception|confused with|incorrect premise|false premise|the premise)";

  /** The speaker cannot find it, in other words. */
  private static final String UNABLE =
      "\\b(?:(?:unable|not able) to (?:find|identify|locate|verify|confirm|determine|say|tell|answer)"
          + "|no knowledge\\b|(?:not|isn't|n't) (?:one|a (?:word|name|term|title)|something|anything|an? \\w+) (?:that )?(?:i|we) (?:know|recogni[sz]e)"
          + "|to (?:the best of )?my knowledge,? (?:no|there)"
          + "|there (?:does|do|did)(?: not|n't) (?:seem|appear)"
          + "|none of (?:\\w+(?:'s)? )?\\w+ (?:has|have|is|are))";

  private static final List<Pattern> ABSTENTIONS =
      List.of(
          pattern(IGNORANCE),
          pattern(ABSENCE),
          pattern(MISSING),
          pattern(CORRECTION),
          pattern(UNABLE));

  /** An order to the reader denies nothing. */
  private static final Pattern ORDER = pattern("^(?:please |just )?(?:do not|don't|never)\\b");

  /** The first sentence denies what the question takes for granted. */
  private static final Pattern DENIAL =
      pattern(
          "^(?:no|none|neither)\\b(?! doubt)|\\b(?:do|does|did|is|are|was|were|has|have|had|can|could)(?: not|n't|not)\\b");

  /** An excuse after which the claim is made all the same, or a source that is made up. */
  private static final Pattern CLAIM =
      pattern(
          "\\b(?:but|however),? (?:the|it|its|he|she|they|\\w+itis|[a-z]+) (?!.{0,60}\\b(?:if|could|can|may|might|please|you|happy|help|not)\\b).{0,60}\\b(?:is|was|are|were|\\w+s|\\w+ed)\\b"
              + "|\\bfiction(?:al|ary)?\\b.{0,60}\\b(?:in|from|of) (?:the|my|a|an|his|her) (?:\\w+ )?(?:novel|book|story|game|film|series|saga|world|universe|comic)");

  /** A doubt after which the claim is made all the same. */
  private static final Pattern HEDGED_CLAIM =
      pattern(
          "\\b(?:not (?:entirely |completely |absolutely |quite |totally |100% |fully )?(?:sure|certain)|no expert)\\b.{0,40}\\b(?:but|however|though|although)\\b"
              + "|\\b(?:i (?:think|believe|guess|would say|suspect))\\b");

  /** A doubt that stands alone. */
  private static final Pattern UNSURE =
      pattern(
          "\\b(?:not|n't) (?:\\w+ )?(?:sure|certain)\\b|\\b(?:no idea|no clue|unsure|unclear|unknown)\\b");

  private FreeAnswer() {}

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Tells whether the answer says that it does not know, or that there is nothing to know. */
  public static boolean abstains(String answer) {
    String text = Text.normalise(answer).replace('’', '\'');
    boolean says =
        ABSTENTIONS.stream().anyMatch(abstention -> abstention.matcher(text).find())
            || !Refusal.without(text).equals(text)
            || denies(text);
    boolean claims = CLAIM.matcher(text).find();
    boolean unsure = UNSURE.matcher(text).find() && !HEDGED_CLAIM.matcher(text).find();
    return (says || unsure) && !claims;
  }

  private static boolean denies(String text) {
    List<String> sentences = Text.sentences(text);
    return !sentences.isEmpty()
        && !ORDER.matcher(sentences.get(0)).find()
        && DENIAL.matcher(sentences.get(0)).find();
  }

  /** Tells whether one of the names stands in the answer as whole words. */
  public static boolean names(String answer, List<String> names) {
    List<String> words = Text.lowerWords(Text.normalise(answer));
    return names.stream()
        .anyMatch(name -> WordMatch.count(words, Text.lower(Text.normaliseParameter(name))) > 0);
  }

  /** Tells whether the answer says something in words: no code, nothing empty, no loop. */
  public static boolean speaks(String answer) {
    String text = Text.normalise(answer);
    return !Text.words(text).isEmpty() && Code.in(text).isEmpty();
  }
}
