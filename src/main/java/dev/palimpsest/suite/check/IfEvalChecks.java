package dev.palimpsest.suite.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checks whose meaning is another one in IFEval's reference program, by their names; all others
 * mean the same there. Answers and parameters are taken as they are, without normalising.
 */
final class IfEvalChecks {
  private static final String SPACE = "[\\s\\x1c-\\x1f\\x85\\p{Z}]";
  private static final Pattern PLACEHOLDER = Pattern.compile("(?d)\\[.*?\\]");
  private static final Pattern STAR = Pattern.compile("(?dm)^" + SPACE + "*\\*[^*].*$");
  private static final Pattern DASH = Pattern.compile("(?dm)^" + SPACE + "*-.*$");
  private static final Pattern TITLE = Pattern.compile("<<[^\\n]+>>");
  private static final ObjectMapper PYTHON_JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Map<String, Function<Params, Check>> CHECKS = new TreeMap<>();

  static {
    CHECKS.put("word_count", p -> counted(p.range(), IfEvalText::words, "word"));
    CHECKS.put("sentence_count", p -> counted(p.range(), Punkt::count, "sentence"));
    CHECKS.put(
        "capital_words", p -> counted(p.range(), IfEvalText::capitalWords, "word in capitals"));
    CHECKS.put("placeholders", p -> counted(p.range(), PLACEHOLDER, "placeholder"));
    CHECKS.put("sections", p -> counted(p.range(), section(p.string("marker")), "section"));
    CHECKS.put("bullet_count", p -> counted(p.range(), IfEvalChecks::bullets, "bullet point"));
    CHECKS.put("parts", p -> parts(p.string("separator"), p.flag("differ"), p.range()));
    CHECKS.put("word_frequency", p -> frequency(p.string("word"), p.range()));
    CHECKS.put("contains_all", p -> containsAll(p.strings("words")));
    CHECKS.put("contains_any", p -> containsAny(p.strings("words")));
    CHECKS.put("excludes_words", p -> excludes(p.strings("words")));
    CHECKS.put("starts_with", p -> startsWith(p.strings("anyOf")));
    CHECKS.put("ends_with", p -> endsWith(p.strings("anyOf")));
    CHECKS.put("postscript", p -> postscript(p.stringOr("marker", "P.S.")));
    CHECKS.put("quoted", p -> quoted());
    CHECKS.put("bracketed_title", p -> of(IfEvalChecks::hasTitle, "a title in << and >>"));
    CHECKS.put("json", p -> of(IfEvalChecks::isJson, "JSON alone"));
    CHECKS.put("language", p -> language(Languages.require("code", p.string("code"))));
    CHECKS.put("uppercase", p -> inCase(true, p.languageOr("language", "")));
    CHECKS.put("lowercase", p -> inCase(false, p.languageOr("language", "")));
  }

  private IfEvalChecks() {}

  /** Returns how to build the check, or null where IFEval's meaning is the project's own. */
  static Function<Params, Check> builder(String name) {
    return CHECKS.get(name);
  }

  private static Check counted(Range range, Function<String, Integer> counter, String noun) {
    return text -> range.judge(counter.apply(text), noun);
  }

  private static Check counted(Range range, Pattern pattern, String noun) {
    return counted(range, text -> IfEvalText.count(pattern, text), noun);
  }

  private static Check of(Function<String, Boolean> passes, String wanted) {
    return text -> CheckResult.of(passes.apply(text), "has " + wanted, "does not have " + wanted);
  }

  private static Pattern section(String marker) {
    return Pattern.compile(SPACE + "?" + Pattern.quote(marker) + SPACE + "?\\p{Nd}+" + SPACE + "?");
  }

  private static int bullets(String text) {
    return IfEvalText.count(STAR, text) + IfEvalText.count(DASH, text);
  }

  /** Empty parts at the ends are no parts, and one between two others fails. */
  private static Check parts(String separator, boolean differ, Range range) {
    return text -> {
      List<String> parts =
          Arrays.stream(text.split(Pattern.quote(separator), -1)).map(IfEvalText::strip).toList();
      for (int i = 1; i + 1 < parts.size(); i++) {
        if (parts.get(i).isEmpty()) {
          return CheckResult.failed("part " + (i + 1) + " is empty");
        }
      }
      List<String> filled = parts.stream().filter(part -> !part.isEmpty()).toList();
      return differ && filled.stream().distinct().count() < filled.size()
          ? CheckResult.failed("two parts are the same")
          : range.judge(filled.size(), "part");
    };
  }

  private static Check frequency(String word, Range range) {
    Pattern pattern = IfEvalText.piece(IfEvalText.strip(word));
    return text ->
        range.judge(IfEvalText.count(pattern, text), "\"" + word + "\"", "times \"" + word + "\"");
  }

  private static Check containsAll(List<String> words) {
    return text -> {
      List<String> missing =
          words.stream().filter(word -> !IfEvalText.piece(word).matcher(text).find()).toList();
      return CheckResult.of(
          missing.isEmpty(),
          "contains " + String.join(", ", words),
          "does not contain " + String.join(", ", missing));
    };
  }

  private static Check containsAny(List<String> words) {
    return text ->
        CheckResult.of(
            words.stream().anyMatch(text::contains),
            "contains one of " + String.join(", ", words),
            "contains none of " + String.join(", ", words));
  }

  private static Check excludes(List<String> words) {
    return text -> {
      List<String> found =
          words.stream().filter(word -> IfEvalText.wholeWord(word).matcher(text).find()).toList();
      return CheckResult.of(
          found.isEmpty(),
          "avoids " + String.join(", ", words),
          "contains the forbidden words " + String.join(", ", found));
    };
  }

  private static Check startsWith(List<String> anyOf) {
    return text -> {
      String lower = Text.lower(IfEvalText.strip(text));
      boolean passed =
          anyOf.stream().anyMatch(start -> lower.startsWith(Text.lower(IfEvalText.strip(start))));
      String found = "starts with " + Text.quote(text);
      return CheckResult.of(
          passed, found, found + ", expected " + Text.quote(String.join("\" or \"", anyOf)));
    };
  }

  /** Quotation marks around the answer do no harm; a full stop after the phrase does. */
  private static Check endsWith(List<String> anyOf) {
    return text -> {
      String lower = Text.lower(IfEvalText.strip(text).replaceAll("^\"+|\"+$", ""));
      boolean passed =
          anyOf.stream().anyMatch(end -> lower.endsWith(Text.lower(IfEvalText.strip(end))));
      String found = "ends with " + Text.quote(text.substring(Math.max(0, text.length() - 40)));
      return CheckResult.of(
          passed, found, found + ", expected \"" + String.join("\" or \"", anyOf) + "\"");
    };
  }

  /** The marker may stand anywhere, in either case, with a space after each full stop. */
  private static Check postscript(String marker) {
    String regex =
        switch (IfEvalText.strip(marker)) {
          case "P.S." -> "p\\." + SPACE + "?s\\.";
          case "P.P.S" -> "p\\." + SPACE + "?p\\." + SPACE + "?s";
          default -> Pattern.quote(Text.lower(IfEvalText.strip(marker)));
        };
    Pattern pattern = Pattern.compile(regex);
    return of(text -> pattern.matcher(Text.lower(text)).find(), "a postscript after " + marker);
  }

  private static Check quoted() {
    return of(
        text -> {
          String whole = IfEvalText.strip(text);
          return whole.length() > 1 && whole.startsWith("\"") && whole.endsWith("\"");
        },
        "double quotation marks around all of it");
  }

  private static boolean hasTitle(String text) {
    Matcher titles = TITLE.matcher(text);
    boolean found = false;
    while (titles.find()) {
      found |= !IfEvalText.isBlank(titles.group().replaceAll("^<+|>+$", ""));
    }
    return found;
  }

  private static boolean isJson(String text) {
    String json = IfEvalText.strip(text);
    for (String fence : List.of("```json", "```Json", "```JSON", "```")) {
      json = json.startsWith(fence) ? json.substring(fence.length()) : json;
    }
    json = json.endsWith("```") ? json.substring(0, json.length() - 3) : json;
    try {
      return !PYTHON_JSON.readTree(IfEvalText.strip(json)).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** A text without letters has no language and passes, as it does in the reference. */
  private static Check language(String code) {
    return text -> {
      String found = Languages.detect(text).orElse("unknown");
      return CheckResult.of(
          found.equals(code) || text.codePoints().noneMatch(Character::isLetter),
          "the language is " + code,
          "the language seems to be " + found + ", expected " + code);
    };
  }

  private static Check inCase(boolean upper, String code) {
    String name = upper ? "capitals" : "lower case";
    return text -> {
      if (upper ? !IfEvalText.isUpper(text) : !IfEvalText.isLower(text)) {
        return CheckResult.failed("not all letters are " + name);
      }
      return CheckResult.of(
          code.isEmpty() || Languages.mayBe(text, code),
          "all letters are " + name,
          "the language does not seem to be " + code);
    };
  }
}
