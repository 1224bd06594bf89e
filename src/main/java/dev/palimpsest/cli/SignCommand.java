package dev.palimpsest.cli;

import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.signature.ModelKeys;
import dev.palimpsest.checkpoint.signature.SignatureFile;
import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.evidence.key.KeyFile;
import dev.palimpsest.evidence.key.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palimpsest sign}: a signature under the files of a checkpoint. */
@Command(
    name = "sign",
    description = {
      "Signs the files of a checkpoint as OpenSSF's 'model_signing sign key' does, to be verified by"
          + " that tool or by 'inspect --model-key'.",
      "It says that these are the files, and nothing of what is in them."
    },
    mixinStandardHelpOptions = true)
final class SignCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", description = "A model folder, a .gguf file, or an adapter.")
  private Path path;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description =
          "The secret key, ECDSA on P-256: PEM without a password, PKCS#12, or the configuration of a"
              + " PKCS#11 device (password or PIN in $PALIMPSEST_KEY_PASSWORD).")
  private Path key;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where the signature goes; model.sig in the folder by default, NAME.gguf.sig beside a lone file.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SigningKey by = KeyFile.open(key, InstalledData.keyPassword());
    if (!by.isOnP256()) {
      throw new ParameterException(
          spec.commandLine(),
          "The key in " + key + " is not one on the curve P-256, which model_signing asks for.");
    }
    CheckpointLocation location = CheckpointLocation.of(path);
    Manifest manifest = Manifest.of(location.path());
    Path target = out == null ? beside(location.path()) : out;
    write(target, SignatureFile.write(manifest, by.publicKey(), by::sign));
    PrintWriter printed = spec.commandLine().getOut();
    printed.printf(
        "%s: %d files, digest sha256:%s%n", target, manifest.entries().size(), manifest.root());
    printed.println("key: " + ModelKeys.fingerprint(by.publicKey()));
    return ExitCode.PASS;
  }

  private static Path beside(Path checkpoint) {
    return Files.isDirectory(checkpoint)
        ? checkpoint.resolve(Manifest.SIGNATURE)
        : checkpoint.resolveSibling(CheckpointLocation.nameOf(checkpoint) + ".sig");
  }

  private static void write(Path target, byte[] signature) {
    try {
      Files.write(target, signature);
    } catch (IOException e) {
      throw new EvidenceException(
          "The signature cannot be written to " + target + "; name another place with --out.", e);
    }
  }
}
