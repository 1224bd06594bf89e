package dev.palimpsest.checkpoint.signature;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Manifest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A {@code model.sig} by itself: as this program makes one, and as it is read without the files.
 */
public final class SignatureFile {
  /** What model_signing leaves out: what git keeps, and the signature where it is put beside. */
  private static final List<String> IGNORED =
      List.of(".git", ".gitattributes", ".github", ".gitignore", Manifest.SIGNATURE);

  private SignatureFile() {}

  /**
   * Signs the files of a checkpoint in the form of {@code model_signing sign key}. A manifest of
   * one file is that of a lone file, which is signed under the name {@code .}, wherever it lies.
   *
   * @param manifest the files
   * @param key the public half, on the curve P-256, P-384 or P-521
   * @param sign ECDSA over some bytes by its secret half, with the hash of the curve, in DER
   */
  public static byte[] write(Manifest manifest, PublicKey key, UnaryOperator<byte[]> sign) {
    byte[] payload = CanonicalJson.bytes(statement(manifest));
    Base64.Encoder base64 = Base64.getEncoder();
    String signature = base64.encodeToString(sign.apply(SignatureBundle.signed(payload)));
    return CanonicalJson.bytes(
        Map.of(
            "mediaType",
            SignatureBundle.MEDIA_TYPE + ".v0.3+json",
            "verificationMaterial",
            Map.of(
                "publicKey", Map.of("hint", ModelKeys.fingerprint(key)), "tlogEntries", List.of()),
            "dsseEnvelope",
            Map.of(
                "payload",
                base64.encodeToString(payload),
                "payloadType",
                SignatureBundle.IN_TOTO,
                "signatures",
                List.of(Map.of("sig", signature, "keyid", "")))));
  }

  private static Map<String, Object> statement(Manifest manifest) {
    boolean lone = manifest.entries().size() == 1;
    List<Map<String, String>> resources =
        manifest.entries().stream()
            .map(
                one ->
                    Map.of(
                        "name",
                        lone ? SignedManifest.THE_FILE : one.path(),
                        "algorithm",
                        "sha256",
                        "digest",
                        one.sha256()))
            .toList();
    Map<String, Object> serialization =
        Map.of(
            "method",
            "files",
            "hash_type",
            "sha256",
            "allow_symlinks",
            false,
            "ignore_paths",
            IGNORED);
    return Map.of(
        "_type",
        SignedManifest.STATEMENT,
        "subject",
        List.of(Map.of("name", manifest.name(), "digest", Map.of("sha256", manifest.root()))),
        "predicateType",
        SignedManifest.PREDICATE,
        "predicate",
        Map.of("serialization", serialization, "resources", resources));
  }

  /**
   * Reads a signature and returns who signed which root; the files are not asked for.
   *
   * @param name of the file, for failures
   * @throws CheckpointException if it is none, contradicts itself, or was not made by the key or
   *     certificate that it names
   */
  public static ModelSignature read(byte[] bytes, String name, ModelKeys known) {
    SignatureBundle bundle = SignatureBundle.parse(bytes, name);
    SignedManifest signed = SignedManifest.parse(bundle.payload(), name);
    Signer.Told signer = new Signer(bundle, known, name).tell();
    return new ModelSignature(signer.trusted(), signer.name(), signed.root());
  }
}
