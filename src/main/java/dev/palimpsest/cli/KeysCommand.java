package dev.palimpsest.cli;

import dev.palimpsest.account.PersonalKey;
import dev.palimpsest.account.PersonalKeys;
import dev.palimpsest.evidence.key.PublicKeys;
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
            pem
                ? PublicKeys.pem(key.key()).strip()
                : key.id() + "  " + key.made() + (key.current() ? "  signs now" : ""));
      }
      if (keys.isEmpty()) {
        out.println("There is no key yet; the first export makes one.");
      }
    }
    return ExitCode.PASS;
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
        "Makes a new key, which signs from now on.",
        "The secret half of the old one is gone for good; its public half stays, so that what it signed"
            + " can still be checked."
      },
      mixinStandardHelpOptions = true)
  int rotate(@Mixin InstalledData installation) {
    try (Database database = installation.open()) {
      spec.commandLine()
          .getOut()
          .println(installation.keys(database).rotate().id() + " signs from now on.");
    }
    return ExitCode.PASS;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say 'keys list', 'keys people' or 'keys rotate'.");
  }
}
