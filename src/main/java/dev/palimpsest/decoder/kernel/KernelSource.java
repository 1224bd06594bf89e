package dev.palimpsest.decoder.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel's Python files, as a TorchScript archive takes them.
 *
 * <p>An archive has no imports: it knows functions and classes by full names ({@code
 * __torch__.linear.project}), and element types by their numbers. So what a file imports or defines
 * is written out in full; nothing else is changed, and lines keep their numbers.
 */
final class KernelSource {
  /** All files; each is read when another one first names it. */
  static final List<String> FILES =
      List.of(
          "assemble",
          "attention",
          "blocks",
          "compare",
          "decoder",
          "experts",
          "feed_forward",
          "forward",
          "generate",
          "head",
          "linear",
          "loading",
          "masks",
          "norms",
          "rotary",
          "rows",
          "score",
          "settings",
          "weights");

  /** What Python has under other names or in other places; types are the engine's numbers. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "torch.float32", "6",
          "torch.float64", "7",
          "torch.bfloat16", "15",
          "torch.int64", "4",
          "torch.bool", "11",
          "torch.ops.mkldnn._linear_pointwise", "ops.mkldnn._linear_pointwise",
          "torch.ops.mkldnn._reorder_linear_weight", "ops.mkldnn._reorder_linear_weight");

  private static final String PACKAGE = "__torch__.";

  private static final boolean[] IN_WORD = new boolean[128];

  static {
    for (char c = 0; c < IN_WORD.length; c++) {
      IN_WORD[c] = Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '"';
    }
  }

  private static final String FOLDER = "/dev/palimpsest/decoder/kernel/";

  private KernelSource() {}

  /** Returns a file as it is. */
  static String read(String file) throws IOException {
    String resource = FOLDER + file + ".py";
    try (InputStream in = KernelSource.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the program's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Returns the text of a file with all names in full.
   *
   * <p>It is read character by character: this runs once in a process, at its start, when regular
   * expressions over all the files take a fifth of a second.
   */
  static String linked(String file, String text) {
    List<String> lines = List.of(text.split("\n", -1));
    Map<String, String> full = new HashMap<>(ELSEWHERE);
    for (String line : lines) {
      if (line.startsWith("from ")) {
        imported(line, full);
      } else if (line.startsWith("def ") || line.startsWith("class ")) {
        String name = word(line, line.indexOf(' ') + 1);
        full.put(name, PACKAGE + file + "." + name);
      }
    }
    StringBuilder out = new StringBuilder(2 * text.length());
    for (String line : lines) {
      if (!line.startsWith("from ") && !line.startsWith("import ") && !line.startsWith("#")) {
        link(line, full, out);
      }
      out.append('\n');
    }
    out.setLength(out.length() - 1);
    return out.toString();
  }

  /** Takes in the names of a line "from file import one, two". */
  private static void imported(String line, Map<String, String> full) {
    String file = word(line, "from ".length());
    if (FILES.contains(file)) {
      String names = line.substring(line.indexOf(" import ") + " import ".length());
      for (String name : names.split(", ", -1)) {
        full.put(name, PACKAGE + file + "." + name);
      }
    }
  }

  /** Appends a line with the names that it uses in full, but not those that it defines. */
  private static void link(String line, Map<String, String> full, StringBuilder out) {
    char[] chars = line.toCharArray();
    int at = 0;
    while (at < chars.length) {
      boolean inWord = isInWord(chars[at]);
      int end = at + 1;
      while (end < chars.length && isInWord(chars[end]) == inWord) {
        end++;
      }
      String part = line.substring(at, end);
      boolean defined = line.startsWith("def ", at - 4) || line.startsWith("class ", at - 6);
      out.append(defined ? part : full.getOrDefault(part, part));
      at = end;
    }
  }

  /** Returns the name from an index on. */
  private static String word(String line, int from) {
    int end = from;
    while (end < line.length() && isInWord(line.charAt(end))) {
      end++;
    }
    return line.substring(from, end);
  }

  /**
   * Tells whether a character is in a name or a number, or in what hangs on one by dots or quotes.
   */
  private static boolean isInWord(char c) {
    return c < IN_WORD.length && IN_WORD[c];
  }
}
