package dev.palimpsest.registry;

import dev.palimpsest.checkpoint.CheckpointException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names an uploaded file may have: relative, the same file on every system, no surprises.
 *
 * <p>A name that passes is safe to resolve under a folder on Linux, macOS and Windows.
 */
final class FileNames {
  private static final int MAX_LENGTH = 1000;
  private static final int MAX_PART_BYTES = 200;
  private static final int MAX_DEPTH = 8;
  private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"|?*\\\\\\p{Cc}\\p{Cf}\\p{Cs}]");
  private static final Pattern RESERVED =
      Pattern.compile("(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?");
  private static final Set<String> RELATIVE_PARTS = Set.of("", ".", "..");

  private FileNames() {}

  /** Fails with what is wrong with a path, if anything is. */
  static void check(String path) {
    if (path.isEmpty()) {
      throw refuse(path, "A file has no name; give every file its path.");
    }
    if (path.length() > MAX_LENGTH) {
      throw refuse(path, "The path is longer than " + MAX_LENGTH + " characters; shorten it.");
    }
    String[] parts = path.split("/", -1);
    if (parts.length > MAX_DEPTH) {
      throw refuse(path, "The path is deeper than " + MAX_DEPTH + " folders; flatten it.");
    }
    for (String part : parts) {
      checkPart(path, part);
    }
  }

  /** Returns a key that is equal for paths that some file system takes for the same. */
  static String twinKey(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private static void checkPart(String path, String part) {
    if (RELATIVE_PARTS.contains(part)) {
      throw refuse(path, "The path is not plain; use names separated by single slashes, no '..'.");
    }
    if (FORBIDDEN.matcher(part).find()) {
      throw refuse(
          path,
          "The name holds a character that is not allowed (one of < > : \" | ? * \\ or an"
              + " invisible one); rename the file.");
    }
    if (RESERVED.matcher(part).matches()) {
      throw refuse(path, "'" + part + "' is a device name on some systems; rename the file.");
    }
    if (part.endsWith(".") || part.endsWith(" ") || part.startsWith(" ")) {
      throw refuse(path, "The name begins or ends with a space or ends with a dot; rename it.");
    }
    if (part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
      throw refuse(path, "A name is longer than " + MAX_PART_BYTES + " bytes; shorten it.");
    }
  }

  private static CheckpointException refuse(String path, String message) {
    return new CheckpointException(printable(path), message);
  }

  /** Returns the path with what cannot be seen replaced and cut to a readable length. */
  static String printable(String path) {
    String seen = path.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "\uFFFD");
    return seen.length() > 120 ? seen.substring(0, 120) + "…" : seen;
  }
}
