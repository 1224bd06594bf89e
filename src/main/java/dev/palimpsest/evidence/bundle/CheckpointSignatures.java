package dev.palimpsest.evidence.bundle;

import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.signature.SignatureFile;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Signatures under the files of an audit's checkpoints, which say that these are the files that
 * were audited and nothing of how they did.
 *
 * @param members of the bundle by name: the signatures, and the key that made them
 * @param guide what VERIFY.md says of them
 */
record CheckpointSignatures(SortedMap<String, byte[]> members, String guide) {
  private static final String CHECK =
      """
      ## 6. A checkpoint's files are those that were audited

      model.sig names every file that a checkpoint had when it was audited, with its sha256. It is signed as that and nothing more: a
      checkpoint that failed has one too. With Python's model-signing 1.1.1 (and pyOpenSSL), where CHECKPOINT is the folder with exactly
      these files (else --ignore_unsigned_files), or the file where it is a lone one:

          model_signing verify key CHECKPOINT --signature PLACE --public_key KEY
      """;

  private static final String NONE =
      """
      ## 6. A checkpoint's files are those that were audited

      The root digests in report.json name them (docs/EVIDENCE.md of Palimpsest: how they are made); a list of single files is signed
      for none of the checkpoints of this audit.
      """;

  /**
   * Signs what is known of the files.
   *
   * @param key asked for only where there is something to sign
   */
  static CheckpointSignatures of(
      List<AuditedFiles.Checkpoint> checkpoints, Supplier<SigningKey> key) {
    List<AuditedFiles.Checkpoint> signed =
        checkpoints.stream().filter(one -> one.files().isPresent()).toList();
    SortedMap<String, byte[]> members = new TreeMap<>();
    StringBuilder guide = new StringBuilder(NONE);
    if (!signed.isEmpty()) {
      SigningKey by = key.get();
      String pem = Members.key(by.id());
      members.put(pem, PublicKeys.pem(by.publicKey()).getBytes(StandardCharsets.US_ASCII));
      signed.forEach(one -> members.put(Members.signature(one.place()), sign(one, by)));
      String example = Members.signature(signed.get(signed.size() - 1).place());
      guide.setLength(0);
      guide.append(CHECK.replace("PLACE", example).replace("KEY", pem));
    }
    guide.append('\n');
    checkpoints.forEach(one -> guide.append(line(one)));
    return new CheckpointSignatures(members, guide.toString());
  }

  private static byte[] sign(AuditedFiles.Checkpoint checkpoint, SigningKey key) {
    return SignatureFile.write(checkpoint.files().orElseThrow(), key.publicKey(), key::sign);
  }

  /** Indented, so that a name in it is no markup. */
  private static String line(AuditedFiles.Checkpoint checkpoint) {
    String name = Printable.text(checkpoint.name());
    if (checkpoint.files().isEmpty()) {
      return "    none for %s: %s (%s)\n".formatted(checkpoint.place(), checkpoint.unknown(), name);
    }
    Manifest files = checkpoint.files().orElseThrow();
    int count = files.entries().size();
    return "    %s: %s, sha256 %s (%s)\n"
        .formatted(
            Members.signature(checkpoint.place()),
            count == 1 ? "a lone file" : count + " files",
            files.root(),
            name);
  }
}
