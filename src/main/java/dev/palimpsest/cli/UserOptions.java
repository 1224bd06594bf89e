package dev.palimpsest.cli;

import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.User;
import dev.palimpsest.storage.Database;
import java.time.Clock;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;

/** What the commands about users share: the installation whose users they are. */
final class UserOptions {
  @Mixin private InstallationOptions installation;

  /** Does something with the accounts of the installation. */
  int with(Consumer<Accounts> action) {
    try (Database database = installation.open()) {
      action.accept(Accounts.of(database, installation.folder(), Clock.systemUTC()));
    }
    return ExitCode.PASS;
  }

  static User named(Accounts accounts, String name) {
    return accounts
        .users()
        .named(name)
        .orElseThrow(
            () ->
                new AccountException(
                    "There is no user "
                        + name
                        + "; 'palimpsest user list' names those there are."));
  }
}
