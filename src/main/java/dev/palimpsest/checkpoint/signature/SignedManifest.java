package dev.palimpsest.checkpoint.signature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Sha256;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.StrictJson;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was signed: the files of a checkpoint by their digests.
 *
 * @param root sha256 over the files' digests in the order in which they are listed
 * @param digests sha256 in lower-case hex by path; "." stands for a checkpoint that is one file
 * @param ignored paths that were left out when it was signed, whatever lies there
 */
record SignedManifest(String root, Map<String, String> digests, Set<String> ignored) {
  static final String STATEMENT = "https://in-toto.io/Statement/v1";
  static final String PREDICATE = "https://model_signing/signature/v1.0";

  /** A checkpoint that is one file is signed under this name. */
  static final String THE_FILE = ".";

  SignedManifest {
    digests = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    ignored = Set.copyOf(ignored);
  }

  /**
   * Reads the statement.
   *
   * @throws CheckpointException if it is none, hashes files in a way that is not followed, or
   *     contradicts itself
   */
  static SignedManifest parse(byte[] payload, String file) {
    JsonNode statement = StrictJson.object(payload, file, "the signed statement ");
    require(statement, "_type", STATEMENT, file);
    require(statement, "predicateType", PREDICATE, file);
    JsonNode how = statement.at("/predicate/serialization");
    require(how, "method", "files", file);
    require(how, "hash_type", "sha256", file);
    Map<String, String> digests = new LinkedHashMap<>();
    MessageDigest root = Sha256.start();
    for (JsonNode resource : statement.at("/predicate/resources")) {
      String name = resource.path("name").asText("");
      require(resource, "algorithm", "sha256", file);
      String digest = hex(resource.path("digest").asText(""), name, file);
      root.update(HexFormat.of().parseHex(digest));
      if (digests.put(name, digest) != null) {
        throw new CheckpointException(
            file, "names the file " + Printable.text(name) + " twice; fetch it again");
      }
    }
    String computed = HexFormat.of().formatHex(root.digest());
    String stated = statement.at("/subject/0/digest/sha256").asText("");
    if (statement.path("subject").size() != 1 || !computed.equals(stated)) {
      throw new CheckpointException(
          file,
          "contradicts itself: the files that it lists come to the digest "
              + computed
              + ", and it says '"
              + Printable.text(stated)
              + "'; fetch it again");
    }
    return new SignedManifest(computed, digests, ignored(how, file));
  }

  private static Set<String> ignored(JsonNode how, String file) {
    Set<String> ignored = new TreeSet<>();
    how.path("ignore_paths").forEach(path -> ignored.add(path.asText("")));
    ignored.addAll(List.of(".git", ".gitattributes", ".github", ".gitignore", file));
    return ignored;
  }

  private static void require(JsonNode node, String field, String expected, String file) {
    String found = node.path(field).asText("");
    if (!found.equals(expected)) {
      throw CheckpointException.ofField(
          file, field, "'" + found + "'", "'" + expected + "', the only one that is verified");
    }
  }

  private static String hex(String digest, String name, String file) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw CheckpointException.ofField(
          file, "digest of " + name, "'" + digest + "'", "64 hexadecimal digits");
    }
    return digest;
  }

  /** Tells whether a path, or a folder that it lies in, was left out when it was signed. */
  boolean ignores(String path) {
    return ignored.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"));
  }
}
