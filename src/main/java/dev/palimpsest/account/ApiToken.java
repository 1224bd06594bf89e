package dev.palimpsest.account;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By what a program acts for a user; it never decides on a report or gives anybody a right, whoever
 * it belongs to.
 *
 * @param id by which it is listed and ended; not the secret
 * @param title what the user calls it
 * @param expiresAt when it ends
 * @param usedAt when it was last used, to the minute, if it was
 */
public record ApiToken(
    String id,
    String userId,
    String title,
    Set<Scope> scopes,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> usedAt) {
  /** What a token is good for. */
  public enum Scope {
    /** Reads what a viewer reads. */
    READ,
    /** Declares and uploads checkpoints. */
    UPLOAD,
    /** Starts and stops audits, and brings suites in. */
    RUN,
    /** Removes what an administrator may remove, and ends sessions and tokens of people. */
    ADMIN,
    /** Reads the figures for a monitoring system. */
    METRICS;

    /** Returns the scope in words. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Set<Scope> parse(String labels) {
      Set<Scope> scopes = EnumSet.noneOf(Scope.class);
      Arrays.stream(values())
          .filter(scope -> Arrays.asList(labels.split(" ")).contains(scope.label()))
          .forEach(scopes::add);
      return scopes;
    }

    static String join(Set<Scope> scopes) {
      return scopes.stream().sorted().map(Scope::label).collect(Collectors.joining(" "));
    }
  }

  public ApiToken {
    scopes = Set.copyOf(scopes);
  }
}
