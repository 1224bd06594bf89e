package dev.palimpsest.checkpoint.adapter;

import com.google.re2j.Pattern;
import java.util.List;

/**
 * The modules that an adapter says it trained.
 *
 * @param names module names or their ends; used when there is no expression
 * @param expression a regular expression over whole module names, {@code all-linear}, or empty
 */
public record AdapterTargets(List<String> names, String expression) {
  private static final String ALL_LINEAR = "all-linear";

  public AdapterTargets {
    names = List.copyOf(names);
  }

  /** Says whether a module belongs to the targets. */
  boolean match(String module) {
    if (expression.equals(ALL_LINEAR)) {
      return true;
    }
    if (!expression.isEmpty()) {
      return Pattern.matches(expression, module);
    }
    return names.stream().anyMatch(name -> module.equals(name) || module.endsWith("." + name));
  }
}
