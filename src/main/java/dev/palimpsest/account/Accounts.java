package dev.palimpsest.account;

import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import java.nio.file.Path;
import java.time.Clock;

/** All that there is about people in one installation. */
public record Accounts(
    Users users,
    UserPasswords passwords,
    PersonalKeys keys,
    Sessions sessions,
    SecondFactors factors,
    ApiTokens tokens,
    SignIn signIn,
    SetUp setUp,
    Identities identities) {
  /**
   * Opens the accounts of a database; the secret of the set-up lies in the data folder. What is
   * done is noted as done by whoever uses this machine, unless {@link #by} says otherwise.
   */
  public static Accounts of(Database database, Path dataDir, Clock clock) {
    LedgerEntry.Actor local = LedgerEntry.Actor.LOCAL;
    Passwords hashes = new Passwords();
    PersonalKeys keys = new PersonalKeys(database, hashes, clock);
    Users users = new Users(database, hashes, clock, local);
    UserPasswords passwords = new UserPasswords(database, hashes, keys, local);
    SecondFactors factors = new SecondFactors(database, clock, local);
    return new Accounts(
        users,
        passwords,
        keys,
        new Sessions(database, clock),
        factors,
        new ApiTokens(database, clock, local),
        new SignIn(users, passwords, factors, new Throttle(clock)),
        new SetUp(dataDir, users, clock),
        new Identities(database, users, clock, local));
  }

  /** Returns the same accounts, in which somebody else does what the ledger is to note. */
  public Accounts by(LedgerEntry.Actor actor) {
    return new Accounts(
        users.by(actor),
        passwords.by(actor),
        keys,
        sessions,
        factors.by(actor),
        tokens.by(actor),
        signIn,
        setUp,
        identities.by(actor));
  }
}
