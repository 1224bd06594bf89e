package dev.palimpsest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code palimpsest user disable}. */
@Command(
    name = "disable",
    description = "Keeps somebody from signing in and ends their sessions and tokens.",
    mixinStandardHelpOptions = true)
final class UserDisableCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "That is typed to sign in.")
  private String name;

  @Mixin private UserOptions options;

  @Override
  public Integer call() {
    return options.with(
        accounts -> accounts.users().disable(UserOptions.named(accounts, name).id()));
  }
}
