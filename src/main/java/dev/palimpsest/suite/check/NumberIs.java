package dev.palimpsest.suite.check;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for a number as the last one of the answer, however it is written: "1,234.50" and "$1234.5"
 * are the same. What stands before it is working; the rule is that of lm-eval's flexible extraction
 * for GSM8K, by value and not by letters.
 */
record NumberIs(BigDecimal number) implements Check {
  /** A minus belongs to the number unless it stands between two of them. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "((?<![\\p{L}\\d)])[-\\u2212])?[$€£]?((?:\\d{1,3}(?:[,'\\u2009]\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?|\\.\\d+)");

  @Override
  public CheckResult test(String text) {
    Matcher matcher = NUMBER.matcher(text);
    BigDecimal last = null;
    while (matcher.find()) {
      BigDecimal size = new BigDecimal(matcher.group(2).replaceAll("[,'\\u2009]", ""));
      last = matcher.group(1) == null ? size : size.negate();
    }
    if (last == null) {
      return CheckResult.failed("there is no number, expected " + number.toPlainString());
    }
    String found = "the last number is " + last.toPlainString();
    return CheckResult.of(
        last.compareTo(number) == 0, found, found + ", expected " + number.toPlainString());
  }

  @Override
  public boolean asksForContent() {
    return true;
  }
}
