package dev.palimpsest.jinja;

import dev.palimpsest.jinja.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the inside of one block or variable tag into tokens. */
final class TagLexer {
  private static final String DIGITS = "(?:[0-9]+_)*[0-9]+";
  private static final Pattern FLOAT =
      Pattern.compile(
          DIGITS + "(?:(?:\\.(?:[0-9]+_)*[0-9]+)?[eE][+-]?" + DIGITS + "|\\.(?:[0-9]+_)*[0-9]+)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?[0-9])*|0(?:_?0)*");
  private static final Pattern NAME = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final String[] OPERATORS = {
    "**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "(", ")", "[", "]", "{", "}",
    "|", ",", ".", ":", ";", "=", ">", "<"
  };

  private final Lexer lexer;
  private final String source;
  private final boolean block;
  private final Deque<String> brackets = new ArrayDeque<>();

  TagLexer(Lexer lexer, boolean block) {
    this.lexer = lexer;
    this.source = lexer.source();
    this.block = block;
  }

  void run() {
    lexer.add(block ? Kind.BLOCK_BEGIN : Kind.VARIABLE_BEGIN, "");
    lexer.skipSpace();
    while (!end()) {
      token();
      lexer.skipSpace();
    }
  }

  private boolean end() {
    if (lexer.position() >= source.length()) {
      throw lexer.fail("a tag is not closed by " + (block ? "%}" : "}}"));
    }
    String close = block ? "%}" : "}}";
    int at = lexer.position();
    if (!brackets.isEmpty()) {
      return false;
    }
    if (source.startsWith("-" + close, at)) {
      close(3);
      lexer.skipSpace();
    } else if (block && source.startsWith("+" + close, at)) {
      close(3);
    } else if (source.startsWith(close, at)) {
      close(2);
      if (block) {
        lexer.skipNewline();
      }
    } else {
      return false;
    }
    return true;
  }

  private void close(int length) {
    lexer.add(block ? Kind.BLOCK_END : Kind.VARIABLE_END, "");
    lexer.advanceTo(lexer.position() + length);
  }

  private void token() {
    char c = source.charAt(lexer.position());
    if (c == '"' || c == '\'') {
      string(c);
    } else if (!number() && !match(NAME, Kind.NAME)) {
      operator();
    }
  }

  private boolean number() {
    boolean afterDot = source.startsWith(".", lexer.position() - 1);
    return (!afterDot && match(FLOAT, Kind.FLOAT)) || match(INTEGER, Kind.INTEGER);
  }

  private boolean match(Pattern pattern, Kind kind) {
    Matcher matcher = pattern.matcher(source).region(lexer.position(), source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    if (kind == Kind.NAME && !Character.isUnicodeIdentifierStart(matcher.group().codePointAt(0))) {
      if (matcher.group().charAt(0) != '_') {
        throw lexer.fail("'" + matcher.group() + "' is not a name");
      }
    }
    lexer.add(kind, matcher.group());
    lexer.advanceTo(matcher.end());
    return true;
  }

  private void operator() {
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, lexer.position())) {
        balance(operator);
        lexer.add(Kind.OPERATOR, operator);
        lexer.advanceTo(lexer.position() + operator.length());
        return;
      }
    }
    String found = Character.toString(source.codePointAt(lexer.position()));
    throw lexer.fail("unexpected character '" + found + "'");
  }

  private void balance(String operator) {
    switch (operator) {
      case "(" -> brackets.push(")");
      case "[" -> brackets.push("]");
      case "{" -> brackets.push("}");
      case ")", "]", "}" -> {
        if (brackets.isEmpty() || !brackets.pop().equals(operator)) {
          throw lexer.fail("unexpected '" + operator + "'");
        }
      }
      default -> {}
    }
  }

  private void string(char quote) {
    int start = lexer.position();
    int end = start + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw lexer.fail("a string is not closed by " + quote);
    }
    try {
      lexer.add(Kind.STRING, Escapes.resolve(source.substring(start + 1, end)));
    } catch (TemplateException e) {
      throw lexer.fail(e.getMessage());
    }
    lexer.advanceTo(end + 1);
  }
}
