package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a template that has a value. */
sealed interface Expression {
  /** Returns the value; use {@link #evaluate} so that it is counted. */
  Object value(Frame frame);

  /** Returns the value within the budget. */
  default Object evaluate(Frame frame) {
    frame.budget().step();
    frame.budget().enter();
    try {
      return value(frame);
    } finally {
      frame.budget().leave();
    }
  }

  /** A literal. */
  record Constant(Object constant) implements Expression {
    @Override
    public Object value(Frame frame) {
      return constant;
    }
  }

  /** A variable. */
  record Name(String name) implements Expression {
    @Override
    public Object value(Frame frame) {
      return frame.get(name);
    }
  }

  /** {@code [a, b]} or {@code (a, b)}. */
  record ListLiteral(List<Expression> items, boolean isTuple) implements Expression {
    @Override
    public Object value(Frame frame) {
      List<Object> values = new ArrayList<>(items.size());
      items.forEach(item -> values.add(item.evaluate(frame)));
      return isTuple ? Tuple.copyOf(values) : values;
    }
  }

  /** {@code {key: value}}. */
  record DictLiteral(List<Expression> keys, List<Expression> values) implements Expression {
    @Override
    public Object value(Frame frame) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Object key = frame.python().key(map, keys.get(i).evaluate(frame));
        map.put(key, values.get(i).evaluate(frame));
      }
      return map;
    }
  }

  /** {@code owner.name}. */
  record Attribute(Expression owner, String name, int line) implements Expression {
    @Override
    public Object value(Frame frame) {
      return located(line, () -> Attributes.attribute(frame, owner.evaluate(frame), name));
    }
  }

  /** {@code owner[key]}. */
  record Item(Expression owner, Expression key, int line) implements Expression {
    @Override
    public Object value(Frame frame) {
      Object of = owner.evaluate(frame);
      return located(line, () -> Attributes.item(frame, of, key.evaluate(frame)));
    }
  }

  /** {@code owner[from:to:step]}; a bound that is left out is null. */
  record Slice(Expression owner, Expression from, Expression to, Expression step, int line)
      implements Expression {
    @Override
    public Object value(Frame frame) {
      Object of = owner.evaluate(frame);
      return located(
          line,
          () ->
              Attributes.slice(
                  frame, of, bound(frame, from), bound(frame, to), bound(frame, step)));
    }

    private static Object bound(Frame frame, Expression bound) {
      return bound == null ? null : bound.evaluate(frame);
    }
  }

  /** {@code callee(arguments)}. */
  record Call(Expression callee, CallArguments arguments, int line) implements Expression {
    @Override
    public Object value(Frame frame) {
      return call(frame, callee.evaluate(frame), arguments.evaluate(frame));
    }

    /** Returns the value of the call with {@code caller} as a further argument. */
    Object evaluateWith(Frame frame, Object caller) {
      Object called = callee.evaluate(frame);
      Arguments given = arguments.evaluate(frame);
      Map<String, Object> named = new LinkedHashMap<>(given.named());
      named.put(Macro.CALLER, caller);
      return call(frame, called, new Arguments(given.positional(), named));
    }

    private Object call(Frame frame, Object called, Arguments given) {
      if (called instanceof Undefined undefined) {
        throw undefined.failure().at(line);
      }
      if (!(called instanceof Callable function)) {
        throw new TemplateException("'" + Types.nameOf(called) + "' object is not callable")
            .at(line);
      }
      return charged(frame, located(line, () -> function.call(given)));
    }
  }

  /** {@code input | name(arguments)}. */
  record Filtered(Expression input, String name, CallArguments arguments, int line)
      implements Expression {
    @Override
    public Object value(Frame frame) {
      Object filtered = charged(frame, input.evaluate(frame));
      Arguments given = arguments.evaluate(frame);
      return charged(
          frame, located(line, () -> Filters.apply(frame.rendering(), name, filtered, given)));
    }
  }

  /** {@code subject is name(arguments)}. */
  record Tested(Expression subject, String name, CallArguments arguments, int line)
      implements Expression {
    @Override
    public Object value(Frame frame) {
      Object tested = subject.evaluate(frame);
      Arguments given = arguments.evaluate(frame);
      return located(line, () -> Tests.apply(frame.rendering(), name, tested, given));
    }
  }

  /** {@code not}, {@code -} or {@code +} before a value. */
  record Unary(String operator, Expression operand, int line) implements Expression {
    @Override
    public Object value(Frame frame) {
      Object value = operand.evaluate(frame);
      return operator.equals("not") ? !Python.isTrue(value) : signed(value);
    }

    private Object signed(Object value) {
      if (value instanceof Undefined undefined) {
        throw undefined.failure().at(line);
      }
      if (!Types.isNumber(value)) {
        throw new TemplateException(
                "bad operand type for unary %s: '%s'".formatted(operator, Types.nameOf(value)))
            .at(line);
      }
      Object plus = value instanceof Boolean ? Types.toLong(value) : value;
      return operator.equals("-") ? Numbers.negate(value) : plus;
    }
  }

  /** Arithmetic, and what Python's operators do to texts and lists. */
  record Binary(String operator, Expression left, Expression right, int line)
      implements Expression {
    @Override
    public Object value(Frame frame) {
      Object a = left.evaluate(frame);
      Object b = right.evaluate(frame);
      if (operator.equals("%") && a instanceof String format) {
        return located(line, () -> PercentFormat.format(frame.rendering(), format, b));
      }
      if (operator.equals("%") && a instanceof Markup format) {
        return located(line, () -> PercentFormat.escaping(frame.rendering(), format, b));
      }
      return located(line, () -> frame.python().operate(operator, a, b));
    }
  }

  /** {@code and} and {@code or}, whose value is one of their operands. */
  record Logic(boolean isAnd, Expression left, Expression right) implements Expression {
    @Override
    public Object value(Frame frame) {
      Object first = left.evaluate(frame);
      return Python.isTrue(first) == isAnd ? right.evaluate(frame) : first;
    }
  }

  /** One comparison of a chain. */
  record Comparison(String operator, Expression operand) {}

  /** {@code a < b <= c}. */
  record Compare(Expression first, List<Comparison> comparisons, int line) implements Expression {
    @Override
    public Object value(Frame frame) {
      Object left = first.evaluate(frame);
      for (Comparison comparison : comparisons) {
        Object a = left;
        Object b = comparison.operand().evaluate(frame);
        if (!located(line, () -> holds(frame.python(), comparison.operator(), a, b))) {
          return false;
        }
        left = b;
      }
      return true;
    }

    static boolean holds(Python python, String operator, Object left, Object right) {
      return switch (operator) {
        case "==" -> python.equal(left, right);
        case "!=" -> !python.equal(left, right);
        case "in" -> python.contains(right, left);
        case "not in" -> !python.contains(right, left);
        case "<" -> python.compare(operator, left, right) < 0;
        case "<=" -> python.compare(operator, left, right) <= 0;
        case ">" -> python.compare(operator, left, right) > 0;
        default -> python.compare(operator, left, right) >= 0;
      };
    }
  }

  /** {@code a ~ b}: the texts of all parts. */
  record Concat(List<Expression> parts) implements Expression {
    @Override
    public Object value(Frame frame) {
      Output joined = new Output(frame.budget());
      parts.forEach(part -> joined.write(frame.print(part.evaluate(frame))));
      return joined.text();
    }
  }

  /** {@code then if test else otherwise}. */
  record Conditional(Expression test, Expression then, Expression otherwise) implements Expression {
    @Override
    public Object value(Frame frame) {
      return (Python.isTrue(test.evaluate(frame)) ? then : otherwise).evaluate(frame);
    }
  }

  /** A computation that may fail. */
  interface Computation<T> {
    T run();
  }

  /** Runs a computation and adds the line to its failure. */
  private static <T> T located(int line, Computation<T> computation) {
    try {
      return computation.run();
    } catch (TemplateException e) {
      throw e.at(line);
    }
  }

  /** Counts the size of a value that a call or filter reads or makes. */
  private static Object charged(Frame frame, Object value) {
    if (value instanceof String text) {
      frame.budget().make(text.length());
    } else if (value instanceof List<?> list) {
      frame.budget().make(list.size());
    }
    return value;
  }
}
