package dev.palimpsest.preflight.lint;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.training.TrainingRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets and personal data, by pattern; the sums of card and account numbers are checked. */
public final class SensitiveText implements LintCheck {
  private record Kind(String name, boolean secret, Pattern pattern, Predicate<String> holds) {}

  private static final List<Kind> KINDS =
      List.of(
          secret("a private key", "-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
          secret("an AWS access key", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
          secret("a GitHub token", "\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\\w{40,})\\b"),
          secret("a Hugging Face token", "\\bhf_[A-Za-z0-9]{30,}\\b"),
          secret("an API key", "\\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{20,}"),
          secret("a Google API key", "\\bAIza[0-9A-Za-z_-]{35}"),
          secret("a Slack token", "\\bxox[abprs]-[0-9A-Za-z-]{10,}"),
          secret(
              "a signed web token",
              "\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{5,}"),
          secret(
              "a password",
              "(?i)\\b(?:password|passwd|pwd|api[_-]?key|secret)\\s*[=:]\\s*[\"']?(?=[^\\s\"']*\\d)[^\\s\"']{8,}"),
          personal(
              "an e-mail address",
              "\\b[\\w.+-]+@(?!example\\.)[\\w-]+(?:\\.[\\w-]+)*\\.[a-z]{2,}\\b",
              text -> true),
          personal(
              "a telephone number",
              "(?<![\\w+])\\+\\d{1,3}[ .-]?(?:\\(?\\d{1,4}\\)?[ .-]?){2,5}\\d{2,4}\\b",
              SensitiveText::longEnough),
          personal(
              "a payment card number",
              "(?<!\\d)(?:\\d[ -]?){12,18}\\d(?!\\d)",
              SensitiveText::luhn),
          personal(
              "a bank account number",
              "\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b",
              SensitiveText::iban),
          personal(
              "a US social security number",
              "(?<![\\d-])(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\d-])",
              text -> true));

  private final Map<Kind, Rows> found = new LinkedHashMap<>();

  private static Kind secret(String name, String pattern) {
    return new Kind(name, true, Pattern.compile(pattern), text -> true);
  }

  private static Kind personal(String name, String pattern, Predicate<String> holds) {
    return new Kind(name, false, Pattern.compile(pattern), holds);
  }

  @Override
  public void see(TrainingRow row) {
    for (Kind kind : KINDS) {
      if (row.messages().stream().map(ChatMessage::content).anyMatch(text -> has(kind, text))) {
        found.computeIfAbsent(kind, key -> new Rows()).add(row.row());
      }
    }
  }

  /** Tells whether a text has what looks like a secret or personal data. */
  public static boolean isIn(String text) {
    return KINDS.stream().anyMatch(kind -> has(kind, text));
  }

  private static boolean has(Kind kind, String text) {
    Matcher matcher = kind.pattern().matcher(text);
    while (matcher.find()) {
      if (kind.holds().test(matcher.group())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<LintFinding> findings() {
    return found.entrySet().stream()
        .map(
            entry ->
                entry
                    .getValue()
                    .finding(
                        entry.getKey().secret() ? "secret" : "personal-data",
                        entry.getKey().secret() ? Severity.FAULT : Severity.WARNING,
                        "What looks like %s stands in %s."
                            .formatted(entry.getKey().name(), entry.getValue().words()),
                        entry.getKey().secret()
                            ? "Take it out and revoke it: a tune may say it word for word."
                            : "Replace it by an invented one, unless the model is meant to know it."))
        .toList();
  }

  private static boolean longEnough(String text) {
    return digits(text).length() >= 9;
  }

  /** The check digit of ISO/IEC 7812-1. */
  static boolean luhn(String text) {
    String digits = digits(text);
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 1 ? digit * 2 : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return digits.chars().distinct().count() > 2 && sum % 10 == 0;
  }

  /** The check digits of ISO 13616: the remainder by 97 is 1. */
  static boolean iban(String text) {
    String compact = text.replace(" ", "");
    if (compact.length() < 15 || compact.length() > 34) {
      return false;
    }
    String turned = compact.substring(4) + compact.substring(0, 4);
    int rest = 0;
    for (int i = 0; i < turned.length(); i++) {
      int value = Character.digit(turned.charAt(i), 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }

  private static String digits(String text) {
    return text.replaceAll("\\D", "");
  }
}
