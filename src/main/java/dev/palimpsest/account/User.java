package dev.palimpsest.account;

import java.time.Instant;
import java.util.Objects;

/**
 * Somebody who signs in here.
 *
 * @param id that stays whatever else changes
 * @param name that is typed to sign in, in lower case
 * @param printedName as it stands under what the person decides
 * @param disabled whether the person may not sign in any more
 * @param invited whether there is no way to sign in yet, neither a password nor a provider
 */
public record User(
    String id,
    String name,
    String printedName,
    UserRole role,
    boolean disabled,
    boolean invited,
    Instant createdAt) {
  public User {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(printedName, "printedName is null");
    Objects.requireNonNull(role, "role is null");
    Objects.requireNonNull(createdAt, "createdAt is null");
  }

  /** Returns whether the person stands in the role and may sign in. */
  public boolean isActive(UserRole asked) {
    return !disabled && role == asked;
  }
}
