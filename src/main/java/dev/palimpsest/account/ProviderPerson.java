package dev.palimpsest.account;

import java.util.Objects;

/**
 * Somebody as a sign-in provider knows them.
 *
 * @param issuer the provider
 * @param subject who it is there: with the issuer the only thing that says who somebody is
 * @param userName what the person signs in by there, "" if not told
 * @param name to be shown, "" if not told
 * @param email to be shown, "" if not told; nobody is found by it
 */
public record ProviderPerson(
    String issuer, String subject, String userName, String name, String email) {
  public ProviderPerson {
    Objects.requireNonNull(issuer, "issuer is null");
    Objects.requireNonNull(subject, "subject is null");
    Objects.requireNonNull(userName, "userName is null");
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(email, "email is null");
  }
}
