package dev.palimpsest.decoder.text;

/** Text from files as error messages quote it. */
final class Shorten {
  private static final int LENGTH = 60;

  private Shorten() {}

  /** Returns at most 60 characters on one line. */
  static String text(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
  }
}
