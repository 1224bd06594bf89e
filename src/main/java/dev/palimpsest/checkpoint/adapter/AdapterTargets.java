package dev.palimpsest.checkpoint.adapter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;

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
      return compiled().map(pattern -> pattern.matches(module)).orElse(true);
    }
    return names.stream().anyMatch(name -> module.equals(name) || module.endsWith("." + name));
  }

  /**
   * Returns the expression, unless only PEFT's engine can run it (look-around); then the names of
   * the file's tensors alone say which modules were trained.
   */
  private Optional<Pattern> compiled() {
    try {
      return Optional.of(Pattern.compile(expression));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }
}
