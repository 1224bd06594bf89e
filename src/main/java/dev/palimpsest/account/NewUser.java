package dev.palimpsest.account;

import dev.palimpsest.Wording;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Somebody who is to sign in here, checked.
 *
 * @param name 1 to 100 lower-case letters, digits, dots, hyphens, low lines and at signs
 * @param printedName at most 200 characters by the rule of {@link Wording}; the name if it is ""
 */
public record NewUser(String name, String printedName, UserRole role) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,99}");
  private static final int LONGEST = 200;

  public NewUser {
    Objects.requireNonNull(role, "role is null");
    name = canonical(name);
    if (!NAME.matcher(name).matches()) {
      throw new AccountException(
          "A sign-in name has 1 to 100 letters a to z, digits, dots, hyphens, low lines and at"
              + " signs and begins with a letter or digit; choose another one.");
    }
    String printed = Wording.name("printed name", printedName, LONGEST);
    printedName = printed.isEmpty() ? name : printed;
  }

  /** Returns a name as it is compared. */
  static String canonical(String typed) {
    return typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
  }
}
