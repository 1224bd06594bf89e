package dev.palimpsest.jinja;

import dev.palimpsest.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts template source into tokens, with trim_blocks and lstrip_blocks on.
 *
 * <p>The newline after a block or comment tag is cut, and blanks before one at the start of its
 * line; {@code -} next to a delimiter strips all whitespace there and {@code +} keeps it.
 */
final class Lexer {
  private static final Pattern RAW =
      Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-%\\}\\s*|%\\})", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern END_RAW =
      Pattern.compile(
          "\\{%([-+]?)\\s*endraw\\s*(\\+%\\}|-%\\}\\s*|%\\}\\n?)", Pattern.UNICODE_CHARACTER_CLASS);

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  private Lexer(String text) {
    String normalized = text.replace("\r\n", "\n").replace('\r', '\n');
    source =
        normalized.endsWith("\n") ? normalized.substring(0, normalized.length() - 1) : normalized;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    while (lexer.at < lexer.source.length()) {
      lexer.dataAndTag();
    }
    lexer.add(Kind.END, "");
    return lexer.tokens;
  }

  private void dataAndTag() {
    int open = nextOpening();
    if (open < 0) {
      addData(source.substring(at));
      at = source.length();
      return;
    }
    Matcher raw = RAW.matcher(source).region(open, source.length());
    if (raw.lookingAt()) {
      addData(dataBefore(open, raw.group(1), true));
      advanceTo(raw.end());
      rawBody();
      return;
    }
    char type = source.charAt(open + 1);
    String sign = signAt(open + 2);
    addData(dataBefore(open, sign, type != '{'));
    advanceTo(open + 2 + sign.length());
    if (type == '#') {
      comment();
    } else {
      new TagLexer(this, type == '%').run();
    }
  }

  private int nextOpening() {
    for (int i = source.indexOf('{', at); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private String signAt(int position) {
    return source.startsWith("-", position) || source.startsWith("+", position)
        ? source.substring(position, position + 1)
        : "";
  }

  /** Returns the data up to a tag after what the tag's sign or lstrip_blocks takes from its end. */
  private String dataBefore(int end, String sign, boolean stripsBlanks) {
    String data = source.substring(at, end);
    if (sign.equals("-")) {
      return PythonText.stripEnd(data);
    }
    int lineStart = data.lastIndexOf('\n') + 1;
    boolean atLineStart = lineStart > 0 || at == 0 || source.charAt(at - 1) == '\n';
    boolean blank = PythonText.isSpace(data.substring(lineStart));
    return stripsBlanks && sign.isEmpty() && atLineStart && blank
        ? data.substring(0, lineStart)
        : data;
  }

  private void rawBody() {
    Matcher end = END_RAW.matcher(source);
    if (!end.find(at)) {
      throw fail("the raw block is not closed by {% endraw %}");
    }
    addData(dataBefore(end.start(), end.group(1), true));
    advanceTo(end.end());
  }

  private void comment() {
    int end = source.indexOf("#}", at);
    if (end < 0) {
      throw fail("a comment is not closed by #}");
    }
    char sign = end > at ? source.charAt(end - 1) : ' ';
    advanceTo(end + 2);
    if (sign == '-') {
      skipSpace();
    } else if (sign != '+') {
      skipNewline();
    }
  }

  String source() {
    return source;
  }

  int position() {
    return at;
  }

  /** Moves on, counting the lines that are passed. */
  void advanceTo(int position) {
    for (int i = at; i < position; i++) {
      line += source.charAt(i) == '\n' ? 1 : 0;
    }
    at = position;
  }

  void skipSpace() {
    int end = at;
    while (end < source.length() && PythonText.isSpace(source.codePointAt(end))) {
      end += Character.charCount(source.codePointAt(end));
    }
    advanceTo(end);
  }

  void skipNewline() {
    if (source.startsWith("\n", at)) {
      advanceTo(at + 1);
    }
  }

  private void addData(String data) {
    if (!data.isEmpty()) {
      add(Kind.DATA, data);
    }
  }

  void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  Token last() {
    return tokens.get(tokens.size() - 1);
  }

  TemplateException fail(String message) {
    return new TemplateException(message).at(line);
  }
}
