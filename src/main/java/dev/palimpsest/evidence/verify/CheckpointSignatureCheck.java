package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.signature.ModelKeys;
import dev.palimpsest.checkpoint.signature.ModelSignature;
import dev.palimpsest.checkpoint.signature.SignatureFile;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.bundle.Members;
import dev.palimpsest.evidence.key.PublicKeys;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the signatures under the checkpoints' files to the report: each lists files that come to
 * the digest that the report has, and is made by a key of the bundle. That key is trusted as far as
 * the closing statement is, which names it with every other member.
 */
final class CheckpointSignatureCheck {
  private CheckpointSignatureCheck() {}

  /**
   * Returns how many there are; earlier bundles have none.
   *
   * @param members the names of all members
   */
  static int require(BundleFile bundle, JsonNode report, Set<String> members) {
    Map<String, String> digests = digests(report);
    ModelKeys keys = keys(bundle, members);
    List<String> signatures =
        members.stream().filter(name -> name.startsWith(Members.CHECKPOINTS)).toList();
    for (String name : signatures) {
      if (!digests.containsKey(name)) {
        throw new IntegrityException(name + " is of no checkpoint that the report is about.");
      }
      byte[] bytes = bundle.text(name).getBytes(StandardCharsets.UTF_8);
      ModelSignature signature = SignatureFile.read(bytes, name, keys);
      if (!signature.trusted()) {
        throw new IntegrityException(name + " is not signed by a key that came with the bundle.");
      }
      if (!signature.root().equals(digests.get(name))) {
        throw new IntegrityException(
            name
                + " lists files that come to sha256 "
                + signature.root()
                + ", the report is about a checkpoint with "
                + digests.get(name)
                + ".");
      }
    }
    return signatures.size();
  }

  /** Returns the digest that the report has of a checkpoint, by the name of its signature. */
  private static Map<String, String> digests(JsonNode report) {
    Map<String, String> digests = new HashMap<>();
    JsonNode base = report.path("base");
    digests.put(Members.signature(Members.BASE), base.path("digest").asText());
    digests.put(Members.signature(Members.BASE_MODEL), base.path("baseDigest").asText());
    for (int i = 0; i < report.path("tuned").size(); i++) {
      String digest = report.path("tuned").get(i).path("digest").asText();
      digests.put(Members.signature(Members.tuned(i)), digest);
    }
    return digests;
  }

  private static ModelKeys keys(BundleFile bundle, Set<String> members) {
    List<PublicKey> keys = new ArrayList<>();
    members.stream()
        .filter(name -> name.startsWith(Members.KEYS))
        .forEach(name -> keys.addAll(PublicKeys.parse(bundle.text(name), name).byId().values()));
    return new ModelKeys(keys, List.of());
  }
}
