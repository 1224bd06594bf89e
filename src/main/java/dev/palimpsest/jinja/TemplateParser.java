package dev.palimpsest.jinja;

import dev.palimpsest.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Parses the tags of a template into statements. */
final class TemplateParser {
  private static final Set<String> FILE_TAGS = Set.of("include", "import", "from", "extends");

  private final TokenStream tokens;
  private final ParseState state = new ParseState();
  private final ExpressionParser expressions;
  private final Map<String, List<Statement>> blocks = new HashMap<>();

  private TemplateParser(String source) {
    tokens = new TokenStream(Lexer.tokens(source));
    expressions = new ExpressionParser(tokens, state);
  }

  /** A parsed template: what it runs, and its blocks by name. */
  record Parsed(List<Statement> body, Map<String, List<Statement>> blocks) {}

  static Parsed parse(String source) {
    TemplateParser parser = new TemplateParser(source);
    List<Statement> body = parser.begun(parser.state.scope(), () -> parser.statements(Set.of()));
    parser.state.failIfUnknown();
    return new Parsed(body, parser.blocks);
  }

  /** Parses up to one of the given end tags, which is left to the caller, or to the end. */
  private List<Statement> statements(Set<String> endTags) {
    return state.nested(
        tokens,
        () -> {
          List<Statement> statements = new ArrayList<>();
          while (!tokens.current().is(Kind.END)) {
            Token token = tokens.next();
            switch (token.kind()) {
              case DATA -> statements.add(new Statement.Data(token.text()));
              case VARIABLE_BEGIN -> statements.add(print());
              default -> {
                if (tokens.current().is(Kind.NAME) && endTags.contains(tokens.current().text())) {
                  return statements;
                }
                statements.add(statement());
                tokens.expect(Kind.BLOCK_END);
              }
            }
          }
          if (!endTags.isEmpty()) {
            throw tokens.fail("the template ends before " + String.join(" or ", endTags));
          }
          return statements;
        });
  }

  private Statement print() {
    Expression value = expressions.tuple();
    tokens.expect(Kind.VARIABLE_END);
    return new Statement.Print(value);
  }

  private Statement printStatement() {
    List<Expression> values = new ArrayList<>();
    do {
      values.add(expressions.expression());
    } while (tokens.skipOperator(","));
    return new Statement.Print(new Expression.Concat(values));
  }

  /** Parses the end of a tag and the body after it. */
  private List<Statement> body(String... endTags) {
    tokens.skipOperator(":");
    tokens.expect(Kind.BLOCK_END);
    return statements(Set.of(endTags));
  }

  /** Parses a body and skips its end tag's name. */
  private List<Statement> wholeBody(String endTag) {
    List<Statement> body = body(endTag);
    tokens.expectName(endTag);
    return body;
  }

  private List<Statement> strictBody(String endTag) {
    return state.strict(() -> wholeBody(endTag));
  }

  /** Parses the body of a scope. */
  private List<Statement> begun(Scope scope, Supplier<List<Statement>> body) {
    List<Statement> statements = new ArrayList<>(List.of(new Statement.Begin(scope)));
    statements.addAll(state.inScope(scope, body));
    return statements;
  }

  private Scope innerScope(List<String> parameters) {
    Scope scope = new Scope(state.scope());
    parameters.forEach(scope::parameter);
    return scope;
  }

  private List<Statement> scopedBody(String endTag) {
    return begun(innerScope(List.of()), () -> strictBody(endTag));
  }

  private Statement statement() {
    int line = tokens.line();
    String tag = tokens.name();
    if (FILE_TAGS.contains(tag)) {
      throw new TemplateException(
              "'" + tag + "' is not supported: a chat template may not open other files")
          .at(line);
    }
    return switch (tag) {
      case "if" -> state.guarded(this::ifStatement);
      case "for" -> forStatement();
      case "set" -> setStatement();
      case "macro" -> new Statement.DefineMacro(macro());
      case "call" -> callBlock();
      case "filter" -> filterBlock();
      case "with" -> withStatement();
      case "generation" -> generation();
      case "block" -> block();
      case "print" -> printStatement();
      case "break" -> jump(tag, Statement.Flow.BREAK, line);
      case "continue" -> jump(tag, Statement.Flow.CONTINUE, line);
      default ->
          throw new TemplateException("syntax error: unknown or misplaced tag '" + tag + "'")
              .at(line);
    };
  }

  private Statement ifStatement() {
    List<Statement.Branch> branches = new ArrayList<>();
    List<Statement> otherwise = new ArrayList<>();
    Expression first = expressions.condition();
    state
        .scope()
        .branches(
            () -> branches.add(branch(first)),
            () -> elseIfs(branches),
            () -> otherwise.addAll(tokens.skipName("else") ? body("endif") : List.of()));
    tokens.expectName("endif");
    return new Statement.If(branches, otherwise);
  }

  private Statement.Branch branch(Expression test) {
    return new Statement.Branch(test, body("elif", "else", "endif"));
  }

  private void elseIfs(List<Statement.Branch> branches) {
    while (tokens.skipName("elif")) {
      Expression test = expressions.condition();
      state.scope().branches(() -> branches.add(branch(test)));
    }
  }

  private Statement forStatement() {
    Target target = target(false);
    tokens.expectName("in");
    Expression source = expressions.source();
    Expression filter =
        tokens.skipName("if")
            ? state.inScope(innerScope(target.names()), expressions::expression)
            : null;
    boolean recursive = tokens.skipName("recursive");
    Scope inner = innerScope(target.names());
    inner.parameter("loop");
    List<Statement> body =
        begun(inner, () -> state.inLoop(() -> state.strict(() -> body("else", "endfor"))));
    List<Statement> otherwise =
        tokens.skipName("else")
            ? begun(innerScope(List.of()), () -> state.strict(() -> body("endfor")))
            : List.of();
    tokens.expectName("endfor");
    return new Statement.For(target, source, filter, recursive, body, otherwise);
  }

  private Statement setStatement() {
    Target target = target(true);
    if (tokens.skipOperator("=")) {
      Expression value = expressions.tuple();
      target.names().forEach(state.scope()::store);
      return new Statement.Assign(target, value);
    }
    target.names().forEach(state.scope()::store);
    FilterChain filters = expressions.filterChain(false);
    return new Statement.AssignBlock(target, filters, scopedBody("endset"));
  }

  private Macro.Definition macro() {
    String name = tokens.name();
    state.scope().store(name);
    return definition(name, "endmacro", () -> new Signature(this::expressionOf, tokens));
  }

  private Expression expressionOf() {
    return expressions.expression();
  }

  private Macro.Definition definition(String name, String endTag, Supplier<Signature> signature) {
    Scope scope = innerScope(List.of());
    Signature parameters = state.inScope(scope, signature);
    parameters.names().forEach(scope::parameter);
    List<List<Statement>> body = new ArrayList<>();
    Set<String> names =
        state.namesRead(
            () -> body.add(begun(scope, () -> state.outsideLoops(() -> strictBody(endTag)))));
    return new Macro.Definition(
        name, parameters.names(), parameters.defaults(), body.get(0), names);
  }

  private Statement callBlock() {
    Signature signature =
        tokens.current().isOperator("(")
            ? state.inScope(innerScope(List.of()), () -> new Signature(this::expressionOf, tokens))
            : Signature.EMPTY;
    if (!(expressions.expression() instanceof Expression.Call call)) {
      throw tokens.fail("'call' needs the call of a macro");
    }
    return new Statement.CallBlock(call, definition(Macro.CALLER, "endcall", () -> signature));
  }

  /** transformers runs the body as a call block does. */
  private Statement generation() {
    return new Statement.Generation(
        definition(Macro.CALLER, "endgeneration", () -> Signature.EMPTY));
  }

  private Statement filterBlock() {
    FilterChain filters = expressions.filterChain(true);
    return new Statement.FilterBlock(filters, scopedBody("endfilter"));
  }

  private Statement withStatement() {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.current().is(Kind.BLOCK_END)) {
      if (!targets.isEmpty()) {
        tokens.expectOperator(",");
      }
      targets.add(target(false));
      tokens.expectOperator("=");
      values.add(expressions.expression());
    }
    List<String> names = targets.stream().flatMap(target -> target.names().stream()).toList();
    return new Statement.With(
        targets, values, begun(innerScope(names), () -> strictBody("endwith")));
  }

  private Statement block() {
    int line = tokens.line();
    String name = tokens.name();
    boolean scoped = tokens.skipName("scoped");
    tokens.skipName("required");
    List<Statement> body =
        begun(new Scope(null), () -> state.outsideLoops(() -> strictBody("endblock")));
    tokens.skipName(name);
    if (blocks.put(name, body) != null) {
      throw new TemplateException("syntax error: block '" + name + "' is defined twice").at(line);
    }
    return new Statement.Block(scoped, body);
  }

  private Statement jump(String tag, Statement.Flow flow, int line) {
    if (!state.isInLoop()) {
      throw new TemplateException("syntax error: '" + tag + "' is outside of a loop").at(line);
    }
    return new Statement.Jump(flow);
  }

  private Target target(boolean mayBeAttribute) {
    int line = tokens.line();
    List<Target> targets = new ArrayList<>();
    boolean comma = false;
    while (!tokens.current().isName("in") || targets.isEmpty()) {
      if (tokens.current().is(Kind.BLOCK_END) || tokens.current().isOperator("=")) {
        break;
      }
      if (tokens.current().isOperator(")")) {
        break;
      }
      targets.add(oneTarget(mayBeAttribute));
      if (!tokens.skipOperator(",")) {
        break;
      }
      comma = true;
    }
    if (targets.isEmpty()) {
      throw tokens.unexpected("a name");
    }
    return targets.size() == 1 && !comma ? targets.get(0) : new Target.Several(targets, line);
  }

  private Target oneTarget(boolean mayBeAttribute) {
    int line = tokens.line();
    if (tokens.skipOperator("(")) {
      Target inner = state.nested(tokens, () -> target(mayBeAttribute));
      tokens.expectOperator(")");
      return inner;
    }
    String name = tokens.name();
    if (Set.of("true", "false", "none", "True", "False", "None").contains(name)) {
      throw new TemplateException("syntax error: '" + name + "' cannot be assigned").at(line);
    }
    if (mayBeAttribute && tokens.skipOperator(".")) {
      state.read(name);
      return new Target.Attribute(name, tokens.name(), line);
    }
    return new Target.Name(name);
  }
}
