package dev.palimpsest.cli;

import dev.palimpsest.account.User;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code palimpsest user list}. */
@Command(
    name = "list",
    description = "Lists who may sign in: name, role, state, printed name.",
    mixinStandardHelpOptions = true)
final class UserListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private UserOptions options;

  @Override
  public Integer call() {
    return options.with(
        accounts ->
            accounts
                .users()
                .list()
                .forEach(user -> spec.commandLine().getOut().println(line(user))));
  }

  private static String line(User user) {
    return String.format(
        Locale.ROOT,
        "%-20s %-14s %-9s %s",
        user.name(),
        user.role().label(),
        state(user),
        user.printedName());
  }

  private static String state(User user) {
    if (user.disabled()) {
      return "disabled";
    }
    return user.invited() ? "invited" : "active";
  }
}
