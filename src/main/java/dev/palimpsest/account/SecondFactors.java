package dev.palimpsest.account;

import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The authenticators of people, and the codes for those who lost theirs. */
public final class SecondFactors {
  private static final int RECOVERY_CODES = 10;

  /** Thirty-two letters and digits, each five bits; "l", "o", "0" and "1" are easily misread. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int RECOVERY_LETTERS = 16;
  private static final int GROUP = 4;

  private final Database database;
  private final Clock clock;
  private final LedgerEntry.Actor actor;

  SecondFactors(Database database, Clock clock, LedgerEntry.Actor actor) {
    this.database = database;
    this.clock = clock;
    this.actor = actor;
  }

  /** Returns the same authenticators, which somebody else sets up and takes away. */
  SecondFactors by(LedgerEntry.Actor other) {
    return new SecondFactors(database, clock, other);
  }

  private record Stored(String secret, boolean confirmed, long lastStep) {}

  /** Tells whether the user has an authenticator that gave a code. */
  public boolean isSetUp(User user) {
    return database.read(handle -> stored(handle, user)).filter(Stored::confirmed).isPresent();
  }

  /**
   * Returns the secret that waits for a first code of the authenticator, making one if none does.
   */
  public String begin(User user) {
    return database.read(
        handle -> {
          Optional<Stored> stored = stored(handle, user);
          if (stored.filter(Stored::confirmed).isPresent()) {
            throw new AccountException(
                "An authenticator is set up already; remove it before you set up another one.");
          }
          if (stored.isPresent()) {
            return stored.get().secret();
          }
          String secret = Totp.newSecret();
          handle.execute(
              "insert into account_totp (user_id, secret, confirmed, last_step)"
                  + " values (?, ?, false, 0)",
              user.id(),
              secret);
          return secret;
        });
  }

  /** Returns the address by which authenticators take a secret in. */
  public static String address(User user, String secret) {
    return "otpauth://totp/Palimpsest:"
        + user.name().replace("@", "%40")
        + "?secret="
        + secret
        + "&issuer=Palimpsest";
  }

  /**
   * Takes the first code of the authenticator.
   *
   * @return codes for whoever loses it, shown once
   * @throws AccountException if it is not the code of now
   */
  public List<String> confirm(User user, String code) {
    List<String> recovery = new ArrayList<>();
    database.write(
        handle -> {
          Optional<Stored> stored = lock(handle, user).filter(one -> !one.confirmed());
          OptionalLong step =
              stored.isEmpty() ? OptionalLong.empty() : step(stored.get(), typed(code));
          if (step.isEmpty()) {
            throw new AccountException(
                "That is not the code of now; type the six digits that the authenticator shows, and"
                    + " if it goes on, set its clock.");
          }
          handle.execute(
              "update account_totp set confirmed = true, last_step = ? where user_id = ?",
              step.getAsLong(),
              user.id());
          recovery.clear();
          for (int i = 0; i < RECOVERY_CODES; i++) {
            recovery.add(recoveryCode());
          }
          replaceRecovery(handle, user, recovery);
          UserEntry.append(handle, actor, "user.authenticator-set-up", user.id(), Map.of());
        });
    return List.copyOf(recovery);
  }

  private static void replaceRecovery(Handle handle, User user, List<String> codes) {
    handle.execute("delete from account_recovery where user_id = ?", user.id());
    for (String code : codes) {
      handle.execute(
          "insert into account_recovery (user_id, code_digest) values (?, ?)",
          user.id(),
          Secrets.digest(typed(code)));
    }
  }

  /** Takes a code of the authenticator, or one for whoever lost it; either counts once. */
  public boolean accepts(User user, String code) {
    String typed = typed(code);
    return database.read(
        handle -> {
          Optional<Stored> stored = lock(handle, user).filter(Stored::confirmed);
          if (stored.isEmpty()) {
            return false;
          }
          OptionalLong step = step(stored.get(), typed);
          if (step.isPresent()) {
            handle.execute(
                "update account_totp set last_step = ? where user_id = ?",
                step.getAsLong(),
                user.id());
            return true;
          }
          return 1
              == handle.execute(
                  "delete from account_recovery where user_id = ? and code_digest = ?",
                  user.id(),
                  Secrets.digest(typed));
        });
  }

  /** Returns how many codes for whoever lost the authenticator are left. */
  public int recoveryCodesLeft(User user) {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from account_recovery where user_id = :user")
                .bind("user", user.id())
                .mapTo(Integer.class)
                .one());
  }

  /** Takes the authenticator and the codes of a user away. */
  public void remove(User user) {
    database.write(
        handle -> {
          boolean setUp = lock(handle, user).filter(Stored::confirmed).isPresent();
          handle.execute("delete from account_totp where user_id = ?", user.id());
          handle.execute("delete from account_recovery where user_id = ?", user.id());
          if (setUp) {
            UserEntry.append(handle, actor, "user.authenticator-removed", user.id(), Map.of());
          }
        });
  }

  private OptionalLong step(Stored stored, String code) {
    return Totp.step(Totp.bytes(stored.secret()), code, stored.lastStep(), Instant.now(clock));
  }

  private static Optional<Stored> stored(Handle handle, User user) {
    return query(handle, user, "");
  }

  /** Of two requests with the same code, one waits and then finds it used. */
  private static Optional<Stored> lock(Handle handle, User user) {
    return query(handle, user, " for update");
  }

  private static Optional<Stored> query(Handle handle, User user, String lock) {
    return handle
        .createQuery(
            "select secret, confirmed, last_step from account_totp where user_id = :user" + lock)
        .bind("user", user.id())
        .map((row, at) -> new Stored(row.getString(1), row.getBoolean(2), row.getLong(3)))
        .findOne();
  }

  /** Codes may be typed with spaces and hyphens, and in capitals. */
  private static String typed(String code) {
    return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }

  private static String recoveryCode() {
    StringBuilder code = new StringBuilder();
    for (byte each : Secrets.bytes(RECOVERY_LETTERS)) {
      if (code.length() % (GROUP + 1) == GROUP) {
        code.append('-');
      }
      code.append(LETTERS.charAt(each & 31));
    }
    return code.toString();
  }
}
