package dev.palimpsest.cli;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.worker.inspection.SignerFiles;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose signatures under checkpoints (model.sig) are known. */
final class SignerOptions {
  @Option(
      names = "--model-key",
      paramLabel = "FILE",
      description =
          "Public key (PEM) of somebody who signs checkpoints; may be given again. A model.sig is"
              + " held against it.")
  private List<Path> keys = List.of();

  @Option(
      names = "--model-root",
      paramLabel = "FILE",
      description =
          "Root certificate (PEM) that certificates of signers may lead to; may be given again.")
  private List<Path> roots = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Returns the files once they are known to hold what they should. */
  SignerFiles files() {
    SignerFiles files = new SignerFiles(keys, roots);
    try {
      files.read();
      return files;
    } catch (CheckpointException unusable) {
      throw new ParameterException(spec.commandLine(), unusable.getMessage() + ".");
    }
  }
}
