package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.List;

/** Filters without a value in front, as {@code set} and {@code filter} blocks name them. */
record FilterChain(List<Step> steps) {
  /** One filter of the chain. */
  record Step(String name, CallArguments arguments, int line) {}

  FilterChain {
    steps = List.copyOf(new ArrayList<>(steps));
  }

  Object apply(Frame frame, Object value) {
    Object result = value;
    for (Step step : steps) {
      Expression constant = new Expression.Constant(result);
      result =
          new Expression.Filtered(constant, step.name(), step.arguments(), step.line())
              .evaluate(frame);
    }
    return result;
  }
}
