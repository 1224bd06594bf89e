package dev.palimpsest.suite.generate;

import dev.palimpsest.suite.check.InvalidField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts of one relation: a file of tab-separated columns.
 *
 * <p>Lines that begin with {@code #} say what it is, "# key: value"; a key may stand several times.
 * Every other line is a row.
 *
 * @param name the file's, without its ending
 * @param says values by key, in the order of the file
 * @param rows columns of each row
 */
public record FactTable(String name, Map<String, List<String>> says, List<List<String>> rows) {
  /** Reads a table; a line that is neither is refused with its number. */
  public static FactTable read(String name, List<String> lines) {
    Map<String, List<String>> says = new LinkedHashMap<>();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("#")) {
        String[] parts = line.substring(1).split(":", 2);
        if (parts.length < 2) {
          throw new InvalidField("line " + (i + 1), "\"" + line + "\"", "# key: value");
        }
        says.computeIfAbsent(parts[0].strip(), key -> new ArrayList<>()).add(parts[1].strip());
      } else if (!line.isBlank()) {
        rows.add(Arrays.stream(line.split("\t", -1)).map(String::strip).toList());
      }
    }
    return new FactTable(name, says, List.copyOf(rows));
  }

  /**
   * Returns the values of a key.
   *
   * @throws InvalidField if there is none
   */
  List<String> all(String key) {
    List<String> values = says.get(key);
    if (values == null) {
      throw new InvalidField(key, "nothing", "a line \"# " + key + ": …\"");
    }
    return values;
  }

  /** Returns a column of a row, "" where the row has fewer. */
  static String column(List<String> row, int index) {
    return index < row.size() ? row.get(index) : "";
  }
}
