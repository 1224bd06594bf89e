package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The parameters of a macro.
 *
 * @param names in their order
 * @param defaults of the last ones
 */
record Signature(List<String> names, List<Expression> defaults) {
  static final Signature EMPTY = new Signature(List.of(), List.of());

  /** Parses {@code (a, b=1)}. */
  Signature(Supplier<Expression> expression, TokenStream tokens) {
    this(new ArrayList<>(), new ArrayList<>());
    tokens.expectOperator("(");
    while (!tokens.current().isOperator(")")) {
      if (!names.isEmpty()) {
        tokens.expectOperator(",");
      }
      names.add(tokens.name());
      if (tokens.skipOperator("=")) {
        defaults.add(expression.get());
      } else if (!defaults.isEmpty()) {
        throw tokens.fail("a parameter without default follows one with default");
      }
    }
    tokens.expectOperator(")");
  }
}
