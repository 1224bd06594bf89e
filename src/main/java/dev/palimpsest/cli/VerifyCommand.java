package dev.palimpsest.cli;

import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.verify.Verification;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palimpsest verify}: checks a bundle offline. */
@Command(
    name = "verify",
    description = {
      "Checks a bundle that 'export' wrote, offline: every member, every signature, the decisions, the"
          + " ledger, and the figures and verdicts, which are computed again from the items.",
      "The first thing that does not hold is printed."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:everything holds", "5:something does not hold; it is printed"})
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "BUNDLE", description = "The zip.")
  private Path bundle;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "Public keys in PEM that you trust, of installations and, if you have them, of the people"
              + " who sign decisions ('keys list --pem', 'keys people --pem'); without it those that"
              + " come with the bundle are taken, and which they are is printed.")
  private Path keys;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!Files.isRegularFile(bundle)) {
      throw new ParameterException(
          spec.commandLine(),
          "There is no file " + bundle + "; name a bundle that 'export' wrote.");
    }
    Verification.Verified verified =
        Verification.of(bundle, Optional.ofNullable(keys).map(PublicKeys::read));
    PrintWriter out = spec.commandLine().getOut();
    out.println(verified.headline());
    out.println("report    sha256 " + verified.digest());
    out.printf(
        "holds     %d signed statements; the figures and verdicts of %d items, counted again%n",
        verified.statements(), verified.items());
    if (verified.checkpoints() > 0) {
      out.printf(
          "files     signed of %d checkpoints, for 'model_signing verify'; VERIFY.md says how%n",
          verified.checkpoints());
    }
    verified.decisions().forEach(decision -> out.println("decision  " + decision));
    if (verified.decisions().isEmpty()) {
      out.println("decision  none");
    }
    for (String signer : verified.signers()) {
      out.println("key       " + signer);
    }
    if (!verified.trusted()) {
      out.println(
          "          This key came with the bundle: compare it with one that you got another way, or"
              + " give that with --keys.");
    }
    verified.people().forEach(person -> out.println("person    " + person));
    return ExitCode.PASS;
  }
}
