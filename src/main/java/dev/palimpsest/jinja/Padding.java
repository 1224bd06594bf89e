package dev.palimpsest.jinja;

/** Filling a text up to a width in code points. */
final class Padding {
  private Padding() {}

  static String left(Rendering rendering, String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("ljust", "width", "fillchar");
    return text + fill(rendering.budget(), missing(text, bound), bound.text(1, " "));
  }

  static String right(Rendering rendering, String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("rjust", "width", "fillchar");
    return fill(rendering.budget(), missing(text, bound), bound.text(1, " ")) + text;
  }

  static String center(Rendering rendering, String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("center", "width", "fillchar");
    return center(rendering.budget(), text, Types.toLong(bound.required(0)), bound.text(1, " "));
  }

  /** Centres as CPython does: an odd rest goes left if the width is odd. */
  static String center(Budget budget, String text, long width, String filler) {
    long missing = Math.max(0, width - PythonText.length(text));
    long before = missing / 2 + (missing & width & 1);
    return fill(budget, before, filler) + text + fill(budget, missing - before, filler);
  }

  static String zeros(Rendering rendering, String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("zfill", "width");
    String zeros = fill(rendering.budget(), missing(text, bound), "0");
    boolean signed = text.startsWith("-") || text.startsWith("+");
    return signed ? text.charAt(0) + zeros + text.substring(1) : zeros + text;
  }

  private static long missing(String text, Arguments.Bound bound) {
    return Math.max(0, Types.toLong(bound.required(0)) - PythonText.length(text));
  }

  static String fill(Budget budget, long count, String filler) {
    if (PythonText.length(filler) != 1) {
      throw new TemplateException("the fill character must be exactly one character long");
    }
    budget.make(count);
    return filler.repeat((int) count);
  }

  /** Replaces tabs by spaces up to the next column that is a multiple of the tab's size. */
  static String tabs(Rendering rendering, String text, Arguments arguments) {
    long size = Math.max(0, arguments.bind("expandtabs", "tabsize").integer(0, 8));
    Output out = new Output(rendering.budget());
    long column = 0;
    for (int c : text.codePoints().toArray()) {
      if (c == '\t' && size > 0) {
        long gap = size - column % size;
        out.write(fill(rendering.budget(), gap, " "));
        column += gap;
      } else if (c != '\t') {
        out.write(Character.toString(c));
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return out.text();
  }
}
