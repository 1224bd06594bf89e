package dev.palimpsest.cli;

import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyFile;
import dev.palimpsest.audit.plan.PolicyWords;
import dev.palimpsest.audit.run.RegisteredPolicies;
import dev.palimpsest.storage.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code palimpsest policy}: gate policies checked and registered before anything is trained. */
@Command(
    name = "policy",
    description = "Checks a gate policy, or registers it before the training begins.",
    mixinStandardHelpOptions = true,
    subcommands = {PolicyCommand.Check.class, PolicyCommand.Register.class})
final class PolicyCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: policy check FILE or policy register FILE.");
  }

  private static void print(PrintWriter out, Policy policy, Instant now) {
    out.println(policy.name().isEmpty() ? "A policy of version 1." : policy.name());
    PolicyWords.of(policy).forEach(line -> out.println("  " + line));
    policy.waivers().stream()
        .filter(waiver -> !waiver.holdsAt(now))
        .forEach(
            waiver ->
                out.println(
                    "Note: the waiver by "
                        + waiver.who()
                        + " ended on "
                        + waiver.expires()
                        + " and waives nothing any more."));
    out.println("Digest: " + policy.digest());
  }

  /** {@code palimpsest policy check}. */
  @Command(
      name = "check",
      description = {
        "Reads a policy, YAML or JSON, and says in words what it asks for; exits with 2 and a"
            + " sentence for each fault if it is none.",
        "docs/AUDITS.md explains the fields, docs/policy-2.schema.json is their JSON Schema."
      },
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The policy.")
    private Path file;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
      print(spec.commandLine().getOut(), PolicyFile.read(file), Instant.now());
      return ExitCode.PASS;
    }
  }

  /** {@code palimpsest policy register}. */
  @Command(
      name = "register",
      description = {
        "Keeps a policy with the time, so that a report can say that it was there before the"
            + " checkpoint was. A policy that is registered keeps its first time."
      },
      mixinStandardHelpOptions = true)
  static final class Register implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The policy.")
    private Path file;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description =
            "Where it is kept: --data of the audit or of 'serve' (default: $PALIMPSEST_HOME, else"
                + " .palimpsest in your home).")
    private Path data;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
      Policy policy = PolicyFile.read(file);
      PrintWriter out = spec.commandLine().getOut();
      Path folder = data == null ? DataFolder.standard() : data;
      try (Database database = Database.open(folder)) {
        RegisteredPolicies.Registered registered =
            new RegisteredPolicies(database, Clock.systemUTC()).register(policy);
        print(out, policy, Instant.now());
        out.println("Registered: " + registered.at() + ", in " + folder);
      }
      return ExitCode.PASS;
    }
  }
}
