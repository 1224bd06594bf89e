package dev.palimpsest.jinja;

import dev.palimpsest.jinja.Token.Kind;
import java.util.List;

/** The tokens of a template and the place that has been read. */
final class TokenStream {
  private final List<Token> tokens;
  private int at;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(at);
  }

  Token following() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = current();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  int line() {
    return current().line();
  }

  boolean skipOperator(String operator) {
    return skip(current().isOperator(operator));
  }

  boolean skipName(String name) {
    return skip(current().isName(name));
  }

  private boolean skip(boolean matches) {
    if (matches) {
      next();
    }
    return matches;
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  void expect(Kind kind) {
    if (!skip(current().is(kind))) {
      throw unexpected(new Token(kind, "", 0).quoted());
    }
  }

  /** Returns the text of a name, whichever it is. */
  String name() {
    if (!current().is(Kind.NAME)) {
      throw unexpected("a name");
    }
    return next().text();
  }

  TemplateException unexpected(String expected) {
    return fail("expected " + expected + ", found " + current().quoted());
  }

  TemplateException fail(String message) {
    return new TemplateException("syntax error: " + message).at(line());
  }
}
