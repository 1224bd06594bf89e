package dev.palimpsest.suite.check;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Forbids Markdown: headings, emphasis, bullets, quotes, code, links, tables, rules. */
record NoMarkdown() implements Check {
  private static final Map<String, Pattern> SIGNS = new TreeMap<>();

  static {
    put("a heading", "^ {0,3}#{1,6} \\S");
    put("emphasis", "(?<![\\w*])\\*{1,3}[^\\s*][^*\\n]*\\*|(?<![\\w_])__[^\\s_][^_\\n]*__");
    put("a bullet", "^\\s*[-*+] +\\S");
    put("a block quote", "^ {0,3}> ?\\S");
    put("code", "```|`[^`\\n]+`");
    put("a link", "!?\\[[^\\]\\n]+\\]\\([^)\\n]+\\)");
    put("a table", "^\\s*\\|?[ :|-]*-{3,}[ :|-]*\\|[ :|-]*$");
    put("a rule", "^ {0,3}(?:-{3,}|\\*{3,}|_{3,})\\s*$");
  }

  private static void put(String name, String regex) {
    SIGNS.put(name, Pattern.compile(regex, Pattern.MULTILINE));
  }

  @Override
  public CheckResult test(String text) {
    Optional<String> found =
        SIGNS.entrySet().stream()
            .filter(sign -> sign.getValue().matcher(text).find())
            .map(Map.Entry::getKey)
            .findFirst();
    return found
        .map(sign -> CheckResult.failed("holds Markdown: " + sign))
        .orElse(CheckResult.passed("holds no Markdown"));
  }
}
