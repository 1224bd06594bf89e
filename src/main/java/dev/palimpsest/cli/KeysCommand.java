package dev.palimpsest.cli;

import dev.palimpsest.account.PersonalKey;
import dev.palimpsest.account.PersonalKeys;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.key.SigningKey;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.storage.Database;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code palimpsest keys}: the keys that an installation and its people sign with. */
@Command(
    name = "keys",
    description =
        "Lists the keys that this installation and its people sign with, or takes a new one.",
    mixinStandardHelpOptions = true)
final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      description = "Lists the keys that sign or signed; a key is made at the first export.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin InstalledData installation,
      @Option(names = "--pem", description = "Prints the public keys, for 'verify --keys'.")
          boolean pem) {
    PrintWriter out = spec.commandLine().getOut();
    try (Database database = installation.open()) {
      List<SigningKeys.Known> keys = installation.keys(database).list();
      for (SigningKeys.Known key : keys) {
        out.println(
            pem ? PublicKeys.pem(key.key()).strip() : key.id() + "  " + key.made() + use(key));
      }
      if (keys.isEmpty()) {
        out.println("There is no key yet; the first export makes one.");
      }
    }
    return ExitCode.PASS;
  }

  private static String use(SigningKeys.Known key) {
    return (key.current() ? "  signs now" : "")
        + (key.checkpoints() ? "  signs checkpoints now" : "");
  }

  @Command(
      name = "people",
      description = {
        "Lists the keys that people sign their decisions with; each is made at the person's first"
            + " decision.",
        "A key that is said to sign no more ended with a password that was set without the old one."
      },
      mixinStandardHelpOptions = true)
  int people(
      @Mixin InstalledData installation,
      @Option(names = "--pem", description = "Prints the public keys, for 'verify --keys'.")
          boolean pem) {
    PrintWriter out = spec.commandLine().getOut();
    try (Database database = installation.open()) {
      List<PersonalKey> keys = PersonalKeys.of(database).list();
      for (PersonalKey key : keys) {
        out.println(
            pem
                ? key.pem().strip()
                : key.id()
                    + "  "
                    + key.made()
                    + "  "
                    + key.name()
                    + (key.current() ? "" : "  signs no more"));
      }
      if (keys.isEmpty()) {
        out.println("Nobody has a key yet; a person's first decision makes one.");
      }
    }
    return ExitCode.PASS;
  }

  @Command(
      name = "rotate",
      description = {
        "Makes new keys, which sign from now on.",
        "The secret halves of the old ones are gone for good; their public halves stay, so that what they"
            + " signed can still be checked."
      },
      mixinStandardHelpOptions = true)
  int rotate(@Mixin InstalledData installation) {
    try (Database database = installation.open()) {
      for (SigningKey key : installation.keys(database).rotate()) {
        String what = key.isOnP256() ? " signs checkpoints from now on." : " signs from now on.";
        spec.commandLine().getOut().println(key.id() + what);
      }
    }
    return ExitCode.PASS;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say 'keys list', 'keys people' or 'keys rotate'.");
  }
}
