package dev.palimpsest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code palimpsest user enable}. */
@Command(
    name = "enable",
    description = "Lets somebody sign in again.",
    mixinStandardHelpOptions = true)
final class UserEnableCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "That is typed to sign in.")
  private String name;

  @Mixin private UserOptions options;

  @Override
  public Integer call() {
    return options.with(
        accounts -> accounts.users().enable(UserOptions.named(accounts, name).id()));
  }
}
