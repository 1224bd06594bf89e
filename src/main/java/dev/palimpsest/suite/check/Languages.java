package dev.palimpsest.suite.check;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells languages apart without a model, so the same text always gets the same answer.
 *
 * <p>Scripts that one language mostly uses decide alone. Latin texts go to the language whose
 * function words occur most often; a tie, or fewer than one in eight words, is no language.
 */
final class Languages {
  private static final double MIN_SHARE = 0.125;

  private static final Map<UnicodeScript, String> SCRIPTS =
      Map.of(
          UnicodeScript.CYRILLIC, "ru",
          UnicodeScript.GREEK, "el",
          UnicodeScript.ARABIC, "ar",
          UnicodeScript.HEBREW, "he",
          UnicodeScript.DEVANAGARI, "hi",
          UnicodeScript.HANGUL, "ko",
          UnicodeScript.THAI, "th",
          UnicodeScript.HAN, "zh",
          UnicodeScript.HIRAGANA, "ja",
          UnicodeScript.KATAKANA, "ja");

  private static final Map<String, Set<String>> FUNCTION_WORDS = new TreeMap<>();

  static {
    put(
        "en",
        "the a an and or but if of to in on at by for with from as is are was were be been am it its"
            + " this that these those he she they we you i his her their our your my not no do does"
            + " did have has had will would can could should may might there here what when where who"
            + " how why which so than then because about into over under up down out some any all me"
            + " him them us it's i'm you're don't");
    put(
        "de",
        "der die das den dem des ein eine einen einem einer und oder aber wenn von zu zum zur in im"
            + " auf an am bei für mit aus als ist sind war waren sein es er sie wir ihr ich du nicht"
            + " kein keine haben hat hatte wird werden kann können sehr auch so wie was wer wo mein"
            + " dein unser nach über unter sich man noch nur");
    put(
        "fr",
        "le la les un une des du de et ou mais si à au aux dans sur par pour avec est sont était"
            + " être il elle ils elles nous vous je tu ne pas plus que qui quoi ce cette ces son sa"
            + " ses mon ma mes notre votre leur en y se très bien comme aussi on d'un d'une c'est j'ai");
    put(
        "es",
        "el la los las un una unos unas de del y o pero si a al en con por para es son era ser está"
            + " están hay él ella ellos nosotros yo tú usted no más que quien qué su sus mi mis tu"
            + " nuestro muy bien como también se lo le me te este esta esto tiene");
    put(
        "it",
        "il lo la i gli le un uno una di del della dei delle e o ma se a al alla in nel nella con su"
            + " sul per è sono era essere ha hanno c'è lui lei noi voi io tu non più che chi cosa suo"
            + " sua suoi mio mia nostro molto bene come anche si da dal dalla questo questa l'acqua");
    put(
        "pt",
        "o a os as um uma uns umas de do da dos das e ou mas se ao à em no na nos nas com por para é"
            + " são era ser está estão há ele ela eles nós eu você não mais que quem seu sua seus meu"
            + " minha nosso muito bem como também isto isso este esta tem");
    put(
        "nl",
        "de het een en of maar als van naar in op aan bij voor met uit is zijn was waren hij zij wij"
            + " ik jij je niet geen hebben heeft had wordt worden kan kunnen zeer ook zo wat wie waar"
            + " mijn jouw ons onze over onder zich nog er dit dat deze die");
  }

  private Languages() {}

  private static void put(String code, String words) {
    FUNCTION_WORDS.put(code, Set.of(words.split(" ")));
  }

  static Set<String> functionWords(String code) {
    return FUNCTION_WORDS.get(code);
  }

  static Set<String> codes() {
    Set<String> codes = new TreeSet<>(FUNCTION_WORDS.keySet());
    codes.addAll(SCRIPTS.values());
    return codes;
  }

  static Optional<String> detect(String text) {
    return byScript(text).or(() -> byFunctionWords(Text.lowerWords(text)));
  }

  private static Optional<String> byScript(String text) {
    Map<String, Integer> letters = new TreeMap<>();
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(
            c -> letters.merge(SCRIPTS.getOrDefault(UnicodeScript.of(c), ""), 1, Integer::sum));
    int latin = letters.getOrDefault("", 0);
    letters.remove("");
    int others = letters.values().stream().mapToInt(Integer::intValue).sum();
    if (others <= latin) {
      return Optional.empty();
    }
    // Japanese mixes its own scripts with Han.
    return letters.containsKey("ja")
        ? Optional.of("ja")
        : letters.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private static Optional<String> byFunctionWords(List<String> words) {
    String best = null;
    long bestCount = 0;
    boolean tied = false;
    for (Map.Entry<String, Set<String>> language : FUNCTION_WORDS.entrySet()) {
      long count = words.stream().filter(language.getValue()::contains).count();
      if (count > bestCount) {
        best = language.getKey();
        bestCount = count;
        tied = false;
      } else if (count == bestCount) {
        tied = true;
      }
    }
    return tied || bestCount < MIN_SHARE * words.size()
        ? Optional.empty()
        : Optional.ofNullable(best);
  }
}
