package dev.palimpsest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code palimpsest user}: who may sign in to an installation. */
@Command(
    name = "user",
    description = {
      "Says who may sign in, without a browser.",
      "Where the rows are in a file of the data folder, while the server is stopped."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UserAddCommand.class,
      UserListCommand.class,
      UserRoleCommand.class,
      UserDisableCommand.class,
      UserEnableCommand.class,
      UserPasswordCommand.class
    })
final class UserCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: add, list, role, disable, enable or password.");
  }
}
