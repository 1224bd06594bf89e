package dev.palimpsest.registry;

import dev.palimpsest.registry.RegistryException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code SHA256SUMS} says of the files beside it, as {@code sha256sum} writes it: 64
 * hexadecimal digits of either case, a space, a space or {@code *}, a path. A byte-order mark,
 * empty lines, lines after {@code #} and ends of lines of Windows are passed over; a name may begin
 * with {@code ./}, and in the form with {@code SHA256 (NAME) = HEX} stand in brackets.
 */
final class ExpectedSums {
  private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{64}) [ *](.+)");
  private static final Pattern TAGGED = Pattern.compile("SHA256 \\((.+)\\) = ([0-9A-Fa-f]{64})");
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");

  private final Map<String, String> byPath;

  private ExpectedSums(Map<String, String> byPath) {
    this.byPath = byPath;
  }

  /**
   * Reads a text.
   *
   * @param folder in which the file lies, as the sender's paths name it; "" for none
   * @throws RegistryException if a line is none, or two lines contradict each other
   */
  static ExpectedSums parse(String text, String folder) {
    Map<String, String> byPath = new LinkedHashMap<>();
    List<String> lines = text.replace("\uFEFF", "").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Map.Entry<String, String> sum = sum(line, i + 1);
      String path = (folder.isEmpty() ? "" : folder + "/") + sum.getKey();
      String before = byPath.put(path, sum.getValue());
      if (before != null && !before.equals(sum.getValue())) {
        throw refuse(
            i + 1, "names " + FileNames.printable(sum.getKey()) + " again with another sum");
      }
    }
    return new ExpectedSums(byPath);
  }

  private static Map.Entry<String, String> sum(String line, int number) {
    Matcher plain = LINE.matcher(line);
    if (plain.matches()) {
      return Map.entry(name(plain.group(2)), plain.group(1).toLowerCase(Locale.ROOT));
    }
    Matcher tagged = TAGGED.matcher(line);
    if (tagged.matches()) {
      return Map.entry(name(tagged.group(1)), tagged.group(2).toLowerCase(Locale.ROOT));
    }
    throw refuse(number, "is no sum of sha256sum (64 hexadecimal digits, two spaces, a path)");
  }

  private static String name(String written) {
    return written.startsWith("./") ? written.substring(2) : written;
  }

  private static RegistryException refuse(int line, String what) {
    return new RegistryException(
        Reason.INVALID,
        "Line "
            + line
            + " of SHA256SUMS "
            + what
            + "; make it anew with 'sha256sum * > SHA256SUMS', or send the files without it.");
  }

  /** Returns one sum that was given for one file, in lower case. */
  static String one(String hex) {
    if (!HEX.matcher(hex).matches()) {
      throw new RegistryException(
          Reason.INVALID,
          "A file's sha256 is 64 hexadecimal digits; '"
              + FileNames.printable(hex)
              + "' is not. Send it right, or leave it out.");
    }
    return hex.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the same files with what is said of them.
   *
   * @throws RegistryException if a file that belongs to a checkpoint is named and not there
   */
  List<ManifestEntry> of(List<ManifestEntry> entries) {
    Map<String, String> left = new LinkedHashMap<>(byPath);
    List<ManifestEntry> told = new ArrayList<>();
    for (ManifestEntry entry : entries) {
      told.add(entry.withSha256(Optional.ofNullable(left.remove(entry.path()))));
    }
    left.keySet().stream()
        .filter(FileTypes::isKept)
        .findFirst()
        .ifPresent(
            path -> {
              throw new RegistryException(
                  Reason.INVALID,
                  "SHA256SUMS names "
                      + FileNames.printable(path)
                      + ", which is not among these files; add it, or send the files without"
                      + " SHA256SUMS.");
            });
    return told;
  }
}
