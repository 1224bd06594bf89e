package dev.palimpsest.worker.inspection;

import dev.palimpsest.checkpoint.signature.ModelKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the keys and certificates lie by which signatures under checkpoints are known.
 *
 * @param keys public keys in PEM
 * @param roots root certificates in PEM
 */
public record SignerFiles(List<Path> keys, List<Path> roots) {
  private static final String KEY = "key=";
  private static final String ROOT = "root=";

  public SignerFiles {
    keys = List.copyOf(keys);
    roots = List.copyOf(roots);
  }

  /** Returns the files of an installation that knows nobody. */
  public static SignerFiles none() {
    return new SignerFiles(List.of(), List.of());
  }

  /**
   * Reads them.
   *
   * @throws dev.palimpsest.checkpoint.CheckpointException if one cannot be read or holds nothing
   */
  public ModelKeys read() {
    return ModelKeys.read(keys, roots);
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    keys.forEach(file -> arguments.add(KEY + file.toAbsolutePath()));
    roots.forEach(file -> arguments.add(ROOT + file.toAbsolutePath()));
    return arguments;
  }

  static SignerFiles parse(List<String> arguments) {
    return new SignerFiles(files(arguments, KEY), files(arguments, ROOT));
  }

  private static List<Path> files(List<String> arguments, String kind) {
    return arguments.stream()
        .filter(argument -> argument.startsWith(kind))
        .map(argument -> Path.of(argument.substring(kind.length())))
        .toList();
  }
}
