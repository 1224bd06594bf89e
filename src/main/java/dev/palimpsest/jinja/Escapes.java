package dev.palimpsest.jinja;

/** The escape sequences of Python's string literals; an unknown one stays as it is written. */
final class Escapes {
  private final String literal;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private Escapes(String literal) {
    this.literal = literal;
  }

  static String resolve(String literal) {
    if (literal.indexOf('\\') < 0) {
      return literal;
    }
    Escapes escapes = new Escapes(literal);
    while (escapes.at < literal.length()) {
      escapes.next();
    }
    return escapes.out.toString();
  }

  private void next() {
    char c = literal.charAt(at++);
    if (c != '\\' || at >= literal.length()) {
      out.append(c);
      return;
    }
    char escaped = literal.charAt(at++);
    switch (escaped) {
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'a' -> out.append('\u0007');
      case 'v' -> out.append('\u000b');
      case '\\', '\'', '"' -> out.append(escaped);
      case '\n' -> {}
      case 'x' -> hexadecimal(2);
      case 'u' -> hexadecimal(4);
      case 'U' -> hexadecimal(8);
      case 'N' -> named();
      default -> octalOrLiteral(escaped);
    }
  }

  private void hexadecimal(int digits) {
    String code = literal.substring(at, Math.min(at + digits, literal.length()));
    if (code.length() < digits || !code.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      throw new TemplateException("a string holds a \\x, \\u or \\U escape with too few digits");
    }
    long codePoint = Long.parseLong(code, 16);
    if (codePoint > Character.MAX_CODE_POINT) {
      throw new TemplateException("a string holds \\U" + code + ", which is no character");
    }
    out.appendCodePoint((int) codePoint);
    at += digits;
  }

  private void named() {
    int end = literal.indexOf('}', at);
    if (!literal.startsWith("{", at) || end < 0) {
      throw new TemplateException("a string holds a \\N escape without {name}");
    }
    try {
      out.appendCodePoint(Character.codePointOf(literal.substring(at + 1, end)));
    } catch (IllegalArgumentException e) {
      throw new TemplateException("a string holds an unknown character name in \\N{…}");
    }
    at = end + 1;
  }

  private void octalOrLiteral(char escaped) {
    if (escaped < '0' || escaped > '7') {
      out.append('\\').append(escaped);
      return;
    }
    int end = at;
    while (end < literal.length() && end < at + 2 && "01234567".indexOf(literal.charAt(end)) >= 0) {
      end++;
    }
    out.append((char) Integer.parseInt(literal.substring(at - 1, end), 8));
    at = end;
  }
}
