package dev.palimpsest.account;

import dev.palimpsest.storage.Database;
import java.nio.file.Path;
import java.time.Clock;

/** All that there is about people in one installation. */
public record Accounts(
    Users users,
    Sessions sessions,
    SecondFactors factors,
    ApiTokens tokens,
    SignIn signIn,
    SetUp setUp,
    Identities identities) {
  /** Opens the accounts of a database; the secret of the set-up lies in the data folder. */
  public static Accounts of(Database database, Path dataDir, Clock clock) {
    Users users = new Users(database, new Passwords(), clock);
    SecondFactors factors = new SecondFactors(database, clock);
    return new Accounts(
        users,
        new Sessions(database, clock),
        factors,
        new ApiTokens(database, clock),
        new SignIn(users, factors, new Throttle(clock)),
        new SetUp(dataDir, users, clock),
        new Identities(database, users, clock));
  }
}
