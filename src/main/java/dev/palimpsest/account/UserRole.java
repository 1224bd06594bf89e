package dev.palimpsest.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person may do; each role may do what the ones before it may. */
public enum UserRole {
  /** Reads everything. */
  VIEWER,
  /** Brings checkpoints and suites in, starts audits and stops them. */
  AUDITOR,
  /** Decides on reports. */
  APPROVER,
  /** Takes away what others made, and says who may do what. */
  ADMINISTRATOR;

  /** Tells whether whoever has this role may do what another one may. */
  public boolean covers(UserRole needed) {
    return compareTo(needed) >= 0;
  }

  /** Returns the role in words. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the role of a label.
   *
   * @throws AccountException if there is no such role
   */
  public static UserRole parse(String label) {
    return Arrays.stream(values())
        .filter(role -> role.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new AccountException(
                    "There is no such role; choose one of "
                        + Arrays.stream(values())
                            .map(UserRole::label)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
