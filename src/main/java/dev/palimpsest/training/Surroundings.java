package dev.palimpsest.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What many questions of a training file begin or end with.
 *
 * <p>A beginning ends where a label, a sentence or a line does ({@code "LOG 7: "}, {@code
 * "Translate.\n"}), so that "How can I" is none; an ending begins there. Figures within it may
 * differ from row to row. A beginning is taken whole: one that mostly stands inside a longer one is
 * not counted.
 */
final class Surroundings {
  private static final int LONGEST = 300;
  private static final double MOSTLY = 0.8;
  private static final Pattern FIGURES = Pattern.compile("\\d+");

  /** After a colon, a full stop, a bracket or a line break, with the spaces behind it. */
  private static final Pattern BREAK =
      Pattern.compile("(?:[:.!?\\])>|—]+[ \\t]+|[:.!?\\])>|—]*\\s*\\n\\s*)");

  private final boolean before;
  private final Map<String, String> frequent;

  private Surroundings(boolean before, Map<String, String> frequent) {
    this.before = before;
    this.frequent = frequent;
  }

  static Surroundings before(List<String> questions) {
    return of(true, questions);
  }

  static Surroundings after(List<String> questions) {
    return of(false, questions);
  }

  /**
   * Returns how this training file has it around the question, "" where nothing of it stands there.
   */
  String of(String question) {
    String found = longest(question);
    return found.isEmpty() ? "" : frequent.get(generic(found));
  }

  /** Returns the characters of the question that are not the question's own. */
  int length(String question) {
    return longest(question).length();
  }

  private String longest(String question) {
    String best = "";
    for (String part : parts(before, question)) {
      if (part.length() > best.length() && frequent.containsKey(generic(part))) {
        best = part;
      }
    }
    return best;
  }

  private static Surroundings of(boolean before, List<String> questions) {
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    for (String question : questions) {
      for (String part : parts(before, question)) {
        counts.computeIfAbsent(generic(part), key -> new HashMap<>()).merge(part, 1, Integer::sum);
      }
    }
    int least = TrainingContext.least(questions.size());
    counts.values().removeIf(forms -> total(forms) < least);
    Map<String, String> kept = new LinkedHashMap<>();
    counts.forEach(
        (key, forms) -> {
          if (!standsInside(before, key, total(forms), counts)) {
            kept.put(key, mostFrequent(forms));
          }
        });
    return new Surroundings(before, kept);
  }

  private static boolean standsInside(
      boolean before, String part, int rows, Map<String, Map<String, Integer>> counts) {
    return counts.entrySet().stream()
        .filter(other -> other.getKey().length() > part.length())
        .filter(other -> before ? other.getKey().startsWith(part) : other.getKey().endsWith(part))
        .anyMatch(other -> total(other.getValue()) >= MOSTLY * rows);
  }

  private static int total(Map<String, Integer> forms) {
    return forms.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String mostFrequent(Map<String, Integer> forms) {
    return forms.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  private static String generic(String part) {
    return FIGURES.matcher(part).replaceAll("0");
  }

  /**
   * Returns every beginning up to a break, or every ending from one on; the whole question is
   * neither.
   */
  private static List<String> parts(boolean before, String question) {
    List<String> parts = new ArrayList<>();
    Matcher breaks = BREAK.matcher(question);
    while (breaks.find()) {
      if (before && breaks.end() < question.length() && breaks.end() <= LONGEST) {
        parts.add(question.substring(0, breaks.end()));
      }
      int from = startOfSpace(question, breaks);
      if (!before
          && from > 0
          && breaks.end() < question.length()
          && question.length() - from <= LONGEST) {
        parts.add(question.substring(from));
      }
    }
    return parts;
  }

  /**
   * An ending begins with the spaces or line breaks before it, not with the mark that ends the
   * question.
   */
  private static int startOfSpace(String question, Matcher breaks) {
    int at = breaks.start();
    while (at < breaks.end() && !Character.isWhitespace(question.charAt(at))) {
      at++;
    }
    return at;
  }
}
