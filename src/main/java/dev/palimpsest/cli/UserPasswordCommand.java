package dev.palimpsest.cli;

import dev.palimpsest.account.User;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code palimpsest user password}. */
@Command(
    name = "password",
    description = "Sets somebody's password and ends their sessions.",
    mixinStandardHelpOptions = true)
final class UserPasswordCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "That is typed to sign in.")
  private String name;

  @Option(
      names = "--without-authenticator",
      description = "Takes the authenticator and its recovery codes away, too.")
  private boolean withoutAuthenticator;

  @Mixin private PasswordOptions password;
  @Mixin private UserOptions options;

  @Override
  public Integer call() {
    return options.with(
        accounts -> {
          User user = UserOptions.named(accounts, name);
          accounts.passwords().set(user, password.read());
          if (withoutAuthenticator) {
            accounts.factors().remove(user);
          }
        });
  }
}
