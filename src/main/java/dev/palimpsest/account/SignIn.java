package dev.palimpsest.account;

import dev.palimpsest.Sha256;
import java.time.Duration;
import java.util.Optional;

/** How somebody becomes a user: name, password, and the authenticator's code where there is one. */
public final class SignIn {
  private static final String WRONG =
      "The name, the password or the code is not right; try again. Whoever set up an authenticator"
          + " needs its code too.";

  private final Users users;
  private final UserPasswords passwords;
  private final SecondFactors factors;
  private final Throttle throttle;

  SignIn(Users users, UserPasswords passwords, SecondFactors factors, Throttle throttle) {
    this.users = users;
    this.passwords = passwords;
    this.factors = factors;
    this.throttle = throttle;
  }

  /**
   * What a browser sent.
   *
   * @param address of the browser
   */
  public record Attempt(String name, String password, String code, String address) {}

  /**
   * Who signed in.
   *
   * @param secondFactor whether with a code of the authenticator
   */
  public record Proved(User user, boolean secondFactor) {}

  /**
   * Takes an attempt. One answer stands for a wrong name, password and code, and a name that nobody
   * has takes as long as one that somebody has.
   *
   * @throws AccountException if it is wrong or comes too early
   */
  public Proved take(Attempt attempt) {
    String key = key(attempt.name());
    requirePatience(key, attempt.address());
    Optional<User> user = users.named(attempt.name());
    boolean known = passwords.knows(user, attempt.password());
    boolean hasFactor = known && factors.isSetUp(user.orElseThrow());
    if (!known || (hasFactor && !factors.accepts(user.orElseThrow(), attempt.code()))) {
      throttle.failed(key, attempt.address());
      throw new AccountException(WRONG);
    }
    throttle.succeeded(key, attempt.address());
    return new Proved(user.orElseThrow(), hasFactor);
  }

  /**
   * Takes the password of somebody who is signed in once more.
   *
   * @throws AccountException if it is wrong or comes too early
   */
  public void confirm(User user, String password, String address) {
    String key = key(user.name());
    requirePatience(key, address);
    if (!passwords.knows(Optional.of(user), password)) {
      throttle.failed(key, address);
      throw new AccountException("That is not your password; type it again.");
    }
    throttle.succeeded(key, address);
  }

  private void requirePatience(String key, String address) {
    Duration wait = throttle.wait(key, address);
    if (!wait.isZero()) {
      throw new AccountException(
          "There were several wrong attempts; wait "
              + (wait.toSeconds() + 1)
              + " seconds and try again.");
    }
  }

  /** A name of any length takes the same room. */
  private static String key(String name) {
    return Sha256.hex(NewUser.canonical(name));
  }
}
