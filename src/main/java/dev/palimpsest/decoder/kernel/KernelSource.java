package dev.palimpsest.decoder.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
          "starts",
          "weights");

  /** What Python has under other names or in other places; types are the engine's numbers. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "torch.float32", "6",
          "torch.float64", "7",
          "torch.bfloat16", "15",
          "torch.int64", "4",
          "torch.bool", "11",
          "torch.linalg.eigh", "torch.linalg_eigh",
          "torch.linalg.qr", "torch.linalg_qr",
          "torch.ops", "ops");

  private static final String FOLDER = "/dev/palimpsest/decoder/kernel/";
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^(?:from (?<file>[\\w.]+) )?import (?<names>.+)$");
  private static final Pattern DEFINITION = Pattern.compile("(?m)^(?:def|class) (\\w+)");

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

  /** Returns the text of a file with all names in full. */
  static String linked(String file, String text) {
    Map<String, String> full = new LinkedHashMap<>(ELSEWHERE);
    Matcher imports = IMPORT.matcher(text);
    while (imports.find()) {
      String from = imports.group("file");
      if (from != null && FILES.contains(from)) {
        for (String name : imports.group("names").split(", ")) {
          full.put(name, "__torch__." + from + "." + name);
        }
      }
    }
    Matcher definitions = DEFINITION.matcher(text);
    while (definitions.find()) {
      String name = definitions.group(1);
      full.put(name, "__torch__." + file + "." + name);
    }
    return anyOf(full).matcher(imports.replaceAll("")).replaceAll(use -> full.get(use.group()));
  }

  /** Matches the names where they are used: not as a part of others, nor where they are defined. */
  private static Pattern anyOf(Map<String, String> names) {
    String each = names.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile("(?<![\\w.\"])(?<!def )(?<!class )(?:" + each + ")(?![\\w\"])");
  }
}
