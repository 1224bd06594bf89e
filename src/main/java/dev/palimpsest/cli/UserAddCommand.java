package dev.palimpsest.cli;

import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palimpsest user add}. */
@Command(
    name = "add",
    description = "Adds somebody who may sign in; the first one has to be an administrator.",
    mixinStandardHelpOptions = true)
final class UserAddCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "That is typed to sign in.")
  private String name;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "viewer, auditor, approver or administrator.")
  private String role;

  @Option(
      names = "--printed-name",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "As it stands under what the person decides (default: NAME).")
  private String printedName;

  @Mixin private PasswordOptions password;
  @Mixin private UserOptions options;

  @Override
  public Integer call() {
    NewUser user = new NewUser(name, printedName, UserRole.parse(role));
    return options.with(
        accounts -> {
          User added = accounts.users().add(user, password.read());
          spec.commandLine()
              .getOut()
              .println(added.name() + " may sign in as " + added.role().label() + ".");
        });
  }
}
