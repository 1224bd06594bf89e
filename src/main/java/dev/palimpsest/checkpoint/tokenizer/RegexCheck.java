package dev.palimpsest.checkpoint.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges whether a regular expression of a tokenizer can backtrack beyond linear time per match.
 *
 * <p>Two shapes make it so: a repetition of something that can itself match in several ways, as in
 * {@code (a+)+}, and several repetitions in a row before something that can fail, as in {@code
 * a*a*b}. Expressions of published tokenizers have neither. References and recursion are refused.
 */
final class RegexCheck {
  private static final int MAX_LENGTH = 8_192;
  private static final int MAX_DEPTH = 32;
  private static final String TOO_SLOW = "could take exponential time; it is refused";

  private final String expression;
  private int at;
  private int depth;

  private RegexCheck(String expression) {
    this.expression = expression;
  }

  /** Returns what is wrong with an expression, as the end of a sentence, if anything is. */
  static Optional<String> problem(String expression) {
    if (expression.length() > MAX_LENGTH) {
      return Optional.of("is longer than %d characters".formatted(MAX_LENGTH));
    }
    try {
      RegexCheck check = new RegexCheck(expression);
      Part whole = check.alternatives();
      if (check.at < expression.length()) {
        return Optional.of("is not valid: a ')' has no '('");
      }
      return whole.backtracks(false) > 1 ? Optional.of(TOO_SLOW) : Optional.empty();
    } catch (Refused e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Why an expression is refused. */
  private static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message);
    }
  }

  /** A part of an expression. */
  private sealed interface Part {
    /** Tells whether it can match nothing. */
    boolean isNullable();

    /** Tells whether it matches one text in one way only. */
    boolean isFixed();

    /** Counts the repetitions that can be cut shorter because what follows them fails. */
    int backtracks(boolean followedByFailure);
  }

  /** One character, or a place between two. */
  private record Atom(boolean isNullable) implements Part {
    @Override
    public boolean isFixed() {
      return true;
    }

    @Override
    public int backtracks(boolean followedByFailure) {
      return 0;
    }
  }

  /** Parts one after the other. */
  private record Sequence(List<Part> parts) implements Part {
    @Override
    public boolean isNullable() {
      return parts.stream().allMatch(Part::isNullable);
    }

    @Override
    public boolean isFixed() {
      return parts.stream().allMatch(Part::isFixed);
    }

    @Override
    public int backtracks(boolean followedByFailure) {
      int count = 0;
      boolean fails = followedByFailure;
      for (int i = parts.size() - 1; i >= 0; i--) {
        count += parts.get(i).backtracks(fails);
        fails |= !parts.get(i).isNullable();
      }
      return count;
    }
  }

  /** One of several parts. */
  private record Alternatives(List<Part> options) implements Part {
    @Override
    public boolean isNullable() {
      return options.stream().anyMatch(Part::isNullable);
    }

    @Override
    public boolean isFixed() {
      return options.size() == 1 && options.get(0).isFixed();
    }

    @Override
    public int backtracks(boolean followedByFailure) {
      return options.stream()
          .mapToInt(option -> option.backtracks(followedByFailure))
          .max()
          .orElse(0);
    }
  }

  /** A part that looks ahead or behind: it takes nothing and can fail. */
  private record Look(Part part) implements Part {
    @Override
    public boolean isNullable() {
      return false;
    }

    @Override
    public boolean isFixed() {
      return true;
    }

    @Override
    public int backtracks(boolean followedByFailure) {
      return part.backtracks(false);
    }
  }

  /** A part several times; {@code most} is -1 for any number. */
  private record Repeat(Part part, int least, int most, boolean keeps) implements Part {
    @Override
    public boolean isNullable() {
      return least == 0 || part.isNullable();
    }

    @Override
    public boolean isFixed() {
      return least == most && part.isFixed();
    }

    @Override
    public int backtracks(boolean followedByFailure) {
      int inner = part.backtracks(followedByFailure);
      return most < 0 && !keeps && followedByFailure ? inner + 1 : inner;
    }
  }

  private Part alternatives() {
    if (++depth > MAX_DEPTH) {
      throw new Refused("is nested too deeply");
    }
    List<Part> options = new ArrayList<>();
    options.add(sequence());
    while (at < expression.length() && expression.charAt(at) == '|') {
      at++;
      options.add(sequence());
    }
    depth--;
    return options.size() == 1 ? options.get(0) : new Alternatives(options);
  }

  private Sequence sequence() {
    List<Part> parts = new ArrayList<>();
    while (at < expression.length() && "|)".indexOf(expression.charAt(at)) < 0) {
      parts.add(repeated(part()));
    }
    return new Sequence(parts);
  }

  private Part part() {
    char c = expression.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape();
      case '^', '$' -> new Atom(true);
      case '*', '+', '?' -> throw new Refused("is not valid: '" + c + "' repeats nothing");
      default -> new Atom(false);
    };
  }

  private Part group() {
    boolean looks = false;
    boolean keeps = false;
    if (expression.startsWith("?", at)) {
      String rest = expression.substring(at + 1);
      looks = rest.matches("(?s)(=|!|<=|<!).*");
      keeps = rest.startsWith(">");
      boolean names = rest.matches("(?s)<[A-Za-z_]\\w*>.*");
      boolean plain = rest.matches("(?s)[imsx-]*[:)].*");
      if (!looks && !keeps && !names && !plain) {
        throw new Refused("uses a kind of group that is not supported");
      }
      at += 1 + rest.replaceFirst("(?s)^(=|!|<=|<!|>|<\\w+>|[imsx-]*:?).*", "$1").length();
    } else if (expression.startsWith("*", at)) {
      throw new Refused("uses a kind of group that is not supported");
    }
    Part inner = alternatives();
    if (at >= expression.length()) {
      throw new Refused("is not valid: a '(' is not closed");
    }
    at++;
    if (looks) {
      return new Look(inner);
    }
    return keeps ? new Repeat(inner, 1, 1, true) : inner;
  }

  private Part characterClass() {
    int open = 1;
    boolean first = true;
    while (open > 0) {
      if (at >= expression.length()) {
        throw new Refused("is not valid: a '[' is not closed");
      }
      char c = expression.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        open++;
        first = true;
        continue;
      } else if (c == ']' && !first) {
        open--;
      }
      first = first && c == '^';
    }
    return new Atom(false);
  }

  private Part escape() {
    if (at >= expression.length()) {
      throw new Refused("is not valid: it ends with a backslash");
    }
    char c = expression.charAt(at++);
    if ((c >= '1' && c <= '9') || c == 'k' || c == 'g') {
      throw new Refused("refers back to a group, which is not supported");
    }
    boolean braced = at < expression.length() && expression.charAt(at) == '{';
    if ("pPxuo".indexOf(c) >= 0 && braced) {
      at = expression.indexOf('}', at) + 1;
      if (at == 0) {
        throw new Refused("is not valid: a '{' is not closed");
      }
    } else if (c == 'x' || c == 'u') {
      at = Math.min(expression.length(), at + (c == 'x' ? 2 : 4));
    }
    return new Atom("bBAzZG".indexOf(c) >= 0);
  }

  private Part repeated(Part part) {
    Part result = part;
    while (at < expression.length()) {
      int[] bounds = bounds();
      if (bounds == null) {
        return result;
      }
      boolean keeps = expression.startsWith("+", at);
      if (keeps || expression.startsWith("?", at)) {
        at++;
      }
      boolean several = bounds[1] < 0 || bounds[1] > 1;
      if (several && !keeps && !result.isFixed()) {
        throw new Refused(TOO_SLOW);
      }
      result = new Repeat(result, bounds[0], bounds[1], keeps);
    }
    return result;
  }

  /**
   * Reads a quantifier and returns its least and most (-1: any) number, or null if there is none.
   */
  private int[] bounds() {
    char c = expression.charAt(at);
    if (c == '*' || c == '+' || c == '?') {
      at++;
      return new int[] {c == '+' ? 1 : 0, c == '?' ? 1 : -1};
    }
    int end = expression.indexOf('}', at);
    if (c != '{' || end < 0) {
      return null;
    }
    String inside = expression.substring(at + 1, end);
    if (!inside.matches("[0-9]{1,5}|[0-9]{1,5},[0-9]{0,5}|,[0-9]{1,5}")) {
      return null;
    }
    at = end + 1;
    int comma = inside.indexOf(',');
    String least = comma < 0 ? inside : inside.substring(0, comma);
    String most = comma < 0 ? inside : inside.substring(comma + 1);
    return new int[] {
      least.isEmpty() ? 0 : Integer.parseInt(least), most.isEmpty() ? -1 : Integer.parseInt(most)
    };
  }
}
