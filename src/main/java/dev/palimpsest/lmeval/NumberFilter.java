package dev.palimpsest.lmeval;

import dev.palimpsest.jinja.PythonText;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How gsm8k.yaml takes a number out of a text, and when two are the same. */
enum NumberFilter {
  /** The number after "#### ". */
  STRICT("strict-match", "#### (\\-?[0-9\\.\\,]+)"),
  /** The last thing that looks like a number. */
  FLEXIBLE("flexible-extract", "(-?[$0-9.,]{2,})|(-?[0-9]+)");

  private static final String NONE = "[invalid]";
  private static final List<Pattern> IGNORED =
      List.of(
          Pattern.compile(","),
          Pattern.compile("\\$"),
          Pattern.compile("(?s).*#### "),
          Pattern.compile("\\.$", Pattern.UNIX_LINES));

  private final String label;
  private final Pattern pattern;

  NumberFilter(String label, String pattern) {
    this.label = label;
    this.pattern = Pattern.compile(pattern);
  }

  String label() {
    return label;
  }

  /** Returns what the filter finds in a text, "[invalid]" where it finds nothing. */
  String apply(String text) {
    Matcher matcher = pattern.matcher(text);
    String found = NONE;
    while (matcher.find()) {
      found = matcher.group(this == STRICT ? 1 : 0);
      if (this == STRICT) {
        break;
      }
    }
    return PythonText.strip(found);
  }

  /**
   * Tells whether two texts are alike after commas, dollars, all before "#### " and a full stop.
   */
  static boolean same(String left, String right) {
    return bare(left).equals(bare(right));
  }

  private static String bare(String text) {
    String bare = text;
    for (Pattern each : IGNORED) {
      bare = each.matcher(bare).replaceAll("");
    }
    return bare.toLowerCase(Locale.ROOT);
  }
}
