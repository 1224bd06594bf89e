package dev.palimpsest.jinja;

import dev.palimpsest.jinja.Expression.Comparison;
import dev.palimpsest.jinja.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Parses expressions by recursive descent.
 *
 * <p>From loose to tight: conditional, or, and, not, comparison, plus and minus, {@code ~}, times
 * and divided, power, sign, attribute and call, filter and test.
 */
final class ExpressionParser {
  private static final int MAX_DIGITS = 4300;

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");

  private final TokenStream tokens;
  private final ParseState state;

  ExpressionParser(TokenStream tokens, ParseState state) {
    this.tokens = tokens;
    this.state = state;
  }

  Expression expression() {
    return state.nested(tokens, this::conditional);
  }

  private Expression conditional() {
    int mark = state.mark();
    Expression value = or();
    while (tokens.skipName("if")) {
      Expression test = or();
      Expression otherwise =
          tokens.skipName("else") ? expression() : new Expression.Constant(noElse());
      value = new Expression.Conditional(test, value, otherwise);
      state.forgiveSince(mark);
    }
    return value;
  }

  private static Undefined noElse() {
    return new Undefined("the inline if-expression was false and has no else");
  }

  private Expression or() {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Expression.Logic(false, left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Expression.Logic(true, left, not());
    }
    return left;
  }

  private Expression not() {
    int line = tokens.line();
    if (tokens.skipName("not")) {
      return new Expression.Unary("not", state.nested(tokens, this::not), line);
    }
    return comparison();
  }

  private Expression comparison() {
    int line = tokens.line();
    Expression first = sum();
    List<Comparison> comparisons = new ArrayList<>();
    for (String operator = comparator(); operator != null; operator = comparator()) {
      comparisons.add(new Comparison(operator, sum()));
    }
    return comparisons.isEmpty() ? first : new Expression.Compare(first, comparisons, line);
  }

  private String comparator() {
    Token token = tokens.current();
    if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
      return tokens.next().text();
    }
    if (tokens.skipName("in")) {
      return "in";
    }
    if (token.isName("not") && tokens.following().isName("in")) {
      tokens.next();
      tokens.next();
      return "not in";
    }
    return null;
  }

  private Expression sum() {
    return chain(Set.of("+", "-"), this::concatenation);
  }

  private Expression product() {
    return chain(PRODUCTS, () -> chain(Set.of("**"), () -> signed(true)));
  }

  private Expression chain(Set<String> operators, Supplier<Expression> operand) {
    Expression left = operand.get();
    while (tokens.current().is(Kind.OPERATOR) && operators.contains(tokens.current().text())) {
      Token operator = tokens.next();
      left = new Expression.Binary(operator.text(), left, operand.get(), operator.line());
    }
    return left;
  }

  private Expression concatenation() {
    Expression first = product();
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? first : new Expression.Concat(parts);
  }

  private Expression signed(boolean withFilters) {
    return state.nested(
        tokens,
        () -> {
          Token token = tokens.current();
          boolean sign = token.isOperator("-") || token.isOperator("+");
          Expression value = sign ? sign() : primary();
          Expression extended = postfix(value);
          return withFilters ? filtersAndTests(extended) : extended;
        });
  }

  private Expression sign() {
    Token sign = tokens.next();
    return new Expression.Unary(sign.text(), signed(false), sign.line());
  }

  /** Parses a literal, a name, or something in brackets. */
  Expression primary() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NAME -> name();
      case STRING -> string();
      case INTEGER -> new Expression.Constant(integer(tokens.next()));
      case FLOAT ->
          new Expression.Constant(Double.parseDouble(tokens.next().text().replace("_", "")));
      default -> bracketed(token);
    };
  }

  private Expression name() {
    String name = tokens.name();
    return switch (name) {
      case "true", "True" -> new Expression.Constant(true);
      case "false", "False" -> new Expression.Constant(false);
      case "none", "None" -> new Expression.Constant(null);
      default -> {
        state.read(name);
        yield new Expression.Name(name);
      }
    };
  }

  private Expression string() {
    StringBuilder text = new StringBuilder();
    while (tokens.current().is(Kind.STRING)) {
      text.append(tokens.next().text());
    }
    return new Expression.Constant(text.toString());
  }

  private static Object integer(Token token) {
    String digits = token.text().replace("_", "").toLowerCase(Locale.ROOT);
    if (digits.length() > MAX_DIGITS) {
      throw new TemplateException("a number has more than 4300 digits").at(token.line());
    }
    if (digits.startsWith("0x")) {
      return whole(digits, 16);
    }
    if (digits.startsWith("0o")) {
      return whole(digits, 8);
    }
    return digits.startsWith("0b") ? whole(digits, 2) : Numbers.whole(new BigInteger(digits));
  }

  private static Object whole(String digits, int radix) {
    return Numbers.whole(new BigInteger(digits.substring(2), radix));
  }

  private Expression bracketed(Token token) {
    if (tokens.skipOperator("(")) {
      Expression inner = state.nested(tokens, () -> tuple(this::expression, true, ""));
      tokens.expectOperator(")");
      return inner;
    }
    if (tokens.skipOperator("[")) {
      return new Expression.ListLiteral(listUntil("]"), false);
    }
    if (tokens.skipOperator("{")) {
      return dict();
    }
    throw tokens.fail("unexpected " + token.quoted());
  }

  private List<Expression> listUntil(String close) {
    List<Expression> items = new ArrayList<>();
    while (!tokens.current().isOperator(close)) {
      if (!items.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.current().isOperator(close)) {
          break;
        }
      }
      items.add(expression());
    }
    tokens.expectOperator(close);
    return items;
  }

  private Expression dict() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.current().isOperator("}")) {
      if (!keys.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.current().isOperator("}")) {
          break;
        }
      }
      keys.add(expression());
      tokens.expectOperator(":");
      values.add(expression());
    }
    tokens.expectOperator("}");
    return new Expression.DictLiteral(keys, values);
  }

  /** Parses one expression, or several with commas, which are a tuple without brackets. */
  Expression tuple() {
    return tuple(this::expression, false, "");
  }

  /** Parses the same without {@code a if b else c}, for the test of an if tag. */
  Expression condition() {
    return tuple(this::or, false, "");
  }

  /** Parses what a for tag walks, which its own words {@code if} and {@code recursive} end. */
  Expression source() {
    return tuple(this::or, false, "recursive");
  }

  private Expression tuple(Supplier<Expression> item, boolean mayBeEmpty, String endName) {
    List<Expression> items = new ArrayList<>();
    boolean comma = false;
    while (!atTupleEnd() && !tokens.current().isName(endName)) {
      items.add(item.get());
      if (!tokens.skipOperator(",")) {
        break;
      }
      comma = true;
    }
    if (items.isEmpty() && !mayBeEmpty) {
      throw tokens.unexpected("an expression");
    }
    return items.size() == 1 && !comma ? items.get(0) : new Expression.ListLiteral(items, true);
  }

  private boolean atTupleEnd() {
    Token token = tokens.current();
    return token.is(Kind.VARIABLE_END) || token.is(Kind.BLOCK_END) || token.isOperator(")");
  }

  private Expression postfix(Expression start) {
    Expression value = start;
    while (true) {
      int line = tokens.line();
      if (tokens.skipOperator(".")) {
        value = attribute(value, line);
      } else if (tokens.skipOperator("[")) {
        value = subscript(value, line);
      } else if (tokens.current().isOperator("(")) {
        value = new Expression.Call(value, callArguments(), line);
      } else {
        return value;
      }
    }
  }

  private Expression attribute(Expression owner, int line) {
    Token token = tokens.next();
    if (token.is(Kind.NAME)) {
      return new Expression.Attribute(owner, token.text(), line);
    }
    if (token.is(Kind.INTEGER)) {
      return new Expression.Item(owner, new Expression.Constant(integer(token)), line);
    }
    throw new TemplateException("syntax error: expected a name or number after '.'").at(line);
  }

  private Expression subscript(Expression owner, int line) {
    Expression from = tokens.current().isOperator(":") ? null : expression();
    if (from != null && tokens.skipOperator("]")) {
      return new Expression.Item(owner, from, line);
    }
    if (from != null && tokens.current().isOperator(",")) {
      return new Expression.Item(owner, keyTuple(from), line);
    }
    tokens.expectOperator(":");
    Expression to = bound();
    Expression step = tokens.skipOperator(":") ? bound() : null;
    tokens.expectOperator("]");
    return new Expression.Slice(owner, from, to, step, line);
  }

  private Expression bound() {
    boolean leftOut = tokens.current().isOperator(":") || tokens.current().isOperator("]");
    return leftOut ? null : expression();
  }

  private Expression keyTuple(Expression first) {
    List<Expression> keys = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",")) {
      keys.add(expression());
    }
    tokens.expectOperator("]");
    return new Expression.ListLiteral(keys, true);
  }

  private Expression filtersAndTests(Expression start) {
    Expression value = start;
    while (true) {
      int line = tokens.line();
      if (tokens.skipOperator("|")) {
        FilterChain.Step filter = filter();
        value = new Expression.Filtered(value, filter.name(), filter.arguments(), filter.line());
      } else if (tokens.skipName("is")) {
        value = test(value, line);
      } else if (tokens.current().isOperator("(")) {
        value = new Expression.Call(value, callArguments(), line);
      } else {
        return value;
      }
    }
  }

  /** Parses the filters of a block; the first may follow without a bar. */
  FilterChain filterChain(boolean startsWithoutBar) {
    List<FilterChain.Step> steps = new ArrayList<>();
    if (startsWithoutBar) {
      steps.add(filter());
    }
    while (tokens.skipOperator("|")) {
      steps.add(filter());
    }
    return new FilterChain(steps);
  }

  private FilterChain.Step filter() {
    int line = tokens.line();
    String name = dottedName();
    if (!Filters.exists(name)) {
      state.unknown(Filters.unknown(name).at(line));
    }
    CallArguments arguments =
        tokens.current().isOperator("(") ? callArguments() : CallArguments.NONE;
    return new FilterChain.Step(name, arguments, line);
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(tokens.name());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.name());
    }
    return name.toString();
  }

  private Expression test(Expression subject, int line) {
    boolean negated = tokens.skipName("not");
    String name = dottedName();
    if (!Tests.exists(name)) {
      state.unknown(Tests.unknown(name).at(line));
    }
    Expression test = new Expression.Tested(subject, name, testArguments(), line);
    return negated ? new Expression.Unary("not", test, line) : test;
  }

  private CallArguments testArguments() {
    Token token = tokens.current();
    if (token.isOperator("(")) {
      return callArguments();
    }
    if (!startsTestArgument(token)) {
      return CallArguments.NONE;
    }
    if (token.isName("is")) {
      throw tokens.fail("tests cannot be chained with 'is'");
    }
    return CallArguments.of(postfix(primary()));
  }

  private static boolean startsTestArgument(Token token) {
    return switch (token.kind()) {
      case NAME -> !Set.of("else", "or", "and").contains(token.text());
      case STRING, INTEGER, FLOAT -> true;
      case OPERATOR -> token.text().equals("[") || token.text().equals("{");
      default -> false;
    };
  }

  private CallArguments callArguments() {
    tokens.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    Expression star = null;
    Expression doubleStar = null;
    boolean first = true;
    while (!tokens.current().isOperator(")")) {
      if (!first) {
        tokens.expectOperator(",");
        if (tokens.current().isOperator(")")) {
          break;
        }
      }
      first = false;
      if (tokens.skipOperator("*")) {
        checkOrder(star == null && doubleStar == null);
        star = expression();
      } else if (tokens.skipOperator("**")) {
        checkOrder(doubleStar == null);
        doubleStar = expression();
      } else if (tokens.current().is(Kind.NAME) && tokens.following().isOperator("=")) {
        checkOrder(doubleStar == null);
        keyword(named);
      } else {
        checkOrder(star == null && doubleStar == null && named.isEmpty());
        positional.add(expression());
      }
    }
    tokens.expectOperator(")");
    return new CallArguments(positional, named, star, doubleStar);
  }

  private void keyword(Map<String, Expression> named) {
    String name = tokens.name();
    tokens.expectOperator("=");
    if (named.put(name, expression()) != null) {
      throw tokens.fail("the argument '" + name + "' is given twice");
    }
  }

  private void checkOrder(boolean allowed) {
    if (!allowed) {
      throw tokens.fail("the arguments of a call are in the wrong order");
    }
  }
}
