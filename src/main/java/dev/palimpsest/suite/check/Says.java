package dev.palimpsest.suite.check;

import java.util.List;
import java.util.Set;

/**
 * Asks for one of some words as what the answer says: a word that is denied ("not Rome", "Rome is
 * not it") does not count.
 */
record Says(List<String> words) implements Check {
  private static final int REACH = 3;
  private static final Set<String> DENIALS =
      Set.of(
          "not", "never", "no", "neither", "nor", "without", "isn't", "wasn't", "aren't", "doesn't",
          "don't", "cannot", "can't", "wrong", "false", "nicht", "kein", "keine", "nie", "pas",
          "jamais", "nunca", "non", "except", "instead", "rather");

  @Override
  public CheckResult test(String text) {
    List<String> found = Tokens.of(text);
    boolean denied = false;
    for (String word : words) {
      List<String> wanted = Tokens.of(word);
      for (int at = 0; at + wanted.size() <= found.size(); at++) {
        if (found.subList(at, at + wanted.size()).equals(wanted)) {
          if (!isDenied(found, at, at + wanted.size())) {
            return CheckResult.passed("says \"" + word + "\"");
          }
          denied = true;
        }
      }
    }
    String all = String.join("\" or \"", words);
    return CheckResult.failed((denied ? "denies \"" : "does not say \"") + all + "\"");
  }

  @Override
  public boolean asksForContent() {
    return true;
  }

  private static boolean isDenied(List<String> found, int start, int end) {
    return found.subList(Math.max(0, start - REACH), start).stream().anyMatch(DENIALS::contains)
        || found.subList(end, Math.min(found.size(), end + 2)).stream().anyMatch(DENIALS::contains);
  }
}
