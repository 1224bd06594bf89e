package dev.palimpsest.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;

/** The sha256 over a suite's canonical content. */
final class SuiteDigest {
  private SuiteDigest() {}

  static String of(Suite suite) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.set("suite", Json.mapper().valueToTree(suite.info()));
    ArrayNode items = root.putArray("items");
    suite.items().stream()
        .sorted(Comparator.comparing(Item::id))
        .forEach(item -> items.add(ItemJson.write(item)));
    return hex(canonical(root));
  }

  static String sha256Hex(String text) {
    return hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static byte[] canonical(ObjectNode root) {
    try {
      return new JsonCanonicalizer(Json.mapper().writeValueAsString(root)).getEncodedUTF8();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a loaded suite is always valid JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
