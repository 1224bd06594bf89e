package dev.palimpsest.suite.check;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Tells languages apart without a model, so the same text always gets the same answer.
 *
 * <p>Scripts that one language mostly uses decide alone. Where several share one that is not Latin,
 * it is the one whose function words and own letters occur most often. Latin texts go to the
 * language whose function words occur most often; a tie, or fewer than one in eight words, is no
 * language.
 */
final class Languages {
  private static final double MIN_SHARE = 0.125;
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{P}]+");

  private static final Map<UnicodeScript, String> SCRIPTS =
      Map.ofEntries(
          Map.entry(UnicodeScript.CYRILLIC, "ru"),
          Map.entry(UnicodeScript.GREEK, "el"),
          Map.entry(UnicodeScript.ARABIC, "ar"),
          Map.entry(UnicodeScript.HEBREW, "he"),
          Map.entry(UnicodeScript.DEVANAGARI, "hi"),
          Map.entry(UnicodeScript.BENGALI, "bn"),
          Map.entry(UnicodeScript.GUJARATI, "gu"),
          Map.entry(UnicodeScript.GURMUKHI, "pa"),
          Map.entry(UnicodeScript.TAMIL, "ta"),
          Map.entry(UnicodeScript.TELUGU, "te"),
          Map.entry(UnicodeScript.KANNADA, "kn"),
          Map.entry(UnicodeScript.MALAYALAM, "ml"),
          Map.entry(UnicodeScript.HANGUL, "ko"),
          Map.entry(UnicodeScript.THAI, "th"),
          Map.entry(UnicodeScript.HAN, "zh"),
          Map.entry(UnicodeScript.HIRAGANA, "ja"),
          Map.entry(UnicodeScript.KATAKANA, "ja"));

  /** Languages that share a script, by the one that it stands for: the first wins a tie. */
  private static final Map<String, List<Sharing>> SHARED =
      Map.of(
          "ru",
          List.of(
              sharing("ru", "ыэё", "и не что это как он она они но из у к же так его её"),
              sharing("uk", "іїєґ", "і й та що не це як він вона вони але від до у з є його її"),
              sharing("bg", "", "и на не да се че от за са като това но със към го я ги му ще")),
          "ar",
          List.of(
              sharing("ar", "ةىأإ", "في من على إلى أن هذا التي الذي مع لا ما عن كل هو هي كان"),
              sharing("fa", "پچژگ", "و از به در که این را با است آن برای یک ها می خود تا بر"),
              sharing("ur", "ٹڈڑںےھہ", "کے کی کا میں ہے اور سے کو نے پر یہ وہ ہیں اس لیے بھی")),
          "hi",
          List.of(
              sharing("hi", "", "है हैं में के की का और से को ने पर यह वह इस लिए भी नहीं कि था"),
              sharing("mr", "ळ", "आहे आहेत आणि ते तो ती हा हे पण या मी होता होती नाही त्या एक व"),
              sharing("ne", "", "छ छन् र को मा यो त्यो पनि लाई हो भने तर गर्न थियो एक हुन्छ")));

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

  static {
    put(
        "fi",
        "ja on ei se että oli hän mutta ovat kun niin joka tai jos kuin myös vain he me minä sinä"
            + " tämä sen hänen olla ole voi kanssa hyvin nyt siellä heidän ne");
    put(
        "pl",
        "i w na z się nie to jest do że o jak ale po co tak za od przez już był była są ten ta te"
            + " ich jego jej przy oraz dla ze czy być może tylko bardzo ma która który które lub");
    put(
        "sw",
        "na ya wa kwa ni katika la za cha kuwa hii huu hiyo lakini pia kama au si yake wake kila"
            + " sana watu ambayo hivyo yao wao bila hadi baada");
    put(
        "vi",
        "và của là có không được trong cho một các những với này đó người khi đã cũng rất như từ"
            + " về ở ra nhưng họ tôi bạn anh để vào sẽ phải nhiều");
  }

  private Languages() {}

  /**
   * A language that shares a script with others.
   *
   * @param letters that the others hardly use
   */
  private record Sharing(String code, String letters, Set<String> words) {
    long score(String text) {
      long own = text.codePoints().filter(c -> letters.indexOf(c) >= 0).count();
      return own + Arrays.stream(SPACES.split(text)).filter(words::contains).count();
    }
  }

  private static Sharing sharing(String code, String letters, String words) {
    return new Sharing(code, letters, Set.of(words.split(" ")));
  }

  private static String among(List<Sharing> languages, String text) {
    Sharing best = languages.get(0);
    for (Sharing language : languages) {
      best = language.score(text) > best.score(text) ? language : best;
    }
    return best.code();
  }

  private static void put(String code, String words) {
    FUNCTION_WORDS.put(code, Set.of(words.split(" ")));
  }

  static Set<String> functionWords(String code) {
    return FUNCTION_WORDS.get(code);
  }

  static Set<String> codes() {
    Set<String> codes = new TreeSet<>(FUNCTION_WORDS.keySet());
    codes.addAll(SCRIPTS.values());
    SHARED.values().forEach(all -> all.forEach(language -> codes.add(language.code())));
    return codes;
  }

  static String require(String field, String code) {
    if (!codes().contains(code)) {
      throw new InvalidField(field, "\"" + code + "\"", "one of " + codes());
    }
    return code;
  }

  /** Tells whether a text is in a language as far as can be told: no other one is recognised. */
  static boolean mayBe(String text, String code) {
    return detect(Text.lower(text)).orElse(code).equals(code);
  }

  static Optional<String> detect(String text) {
    return byScript(text)
        .map(code -> SHARED.containsKey(code) ? among(SHARED.get(code), Text.lower(text)) : code)
        .or(() -> byFunctionWords(Text.lowerWords(text)));
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
