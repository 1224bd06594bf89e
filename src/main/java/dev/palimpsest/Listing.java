package dev.palimpsest;

import java.util.List;

/** Names in a row, as a sentence has them. */
public final class Listing {
  private Listing() {}

  /** Joins names as "a", "a and b", "a, b and c"; empty ones are left out. */
  public static String of(List<String> names) {
    List<String> said = names.stream().filter(name -> !name.isEmpty()).toList();
    int last = said.size() - 1;
    return last < 1
        ? String.join("", said)
        : String.join(", ", said.subList(0, last)) + " and " + said.get(last);
  }
}
