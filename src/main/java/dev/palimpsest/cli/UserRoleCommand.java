package dev.palimpsest.cli;

import dev.palimpsest.account.UserRole;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code palimpsest user role}. */
@Command(
    name = "role",
    description = "Gives somebody another role.",
    mixinStandardHelpOptions = true)
final class UserRoleCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "That is typed to sign in.")
  private String name;

  @Parameters(
      index = "1",
      paramLabel = "ROLE",
      description = "viewer, auditor, approver or administrator.")
  private String role;

  @Mixin private UserOptions options;

  @Override
  public Integer call() {
    UserRole wanted = UserRole.parse(role);
    return options.with(
        accounts -> accounts.users().setRole(UserOptions.named(accounts, name).id(), wanted));
  }
}
