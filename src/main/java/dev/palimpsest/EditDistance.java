package dev.palimpsest;

/** Counts the edits that turn one word into another (Levenshtein 1966). */
public final class EditDistance {
  private static final int LONGEST = 64;

  private EditDistance() {}

  /** Returns the distance; texts beyond 64 characters are cut, so that it stays cheap. */
  public static int between(String a, String b) {
    return distance(cut(a), cut(b));
  }

  private static String cut(String word) {
    return word.length() > LONGEST ? word.substring(0, LONGEST) : word;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      advance(row, a.charAt(i - 1), b);
    }
    return row[b.length()];
  }

  private static void advance(int[] row, char letter, String word) {
    int diagonal = row[0]++;
    for (int j = 1; j < row.length; j++) {
      int replaced = diagonal + (word.charAt(j - 1) == letter ? 0 : 1);
      diagonal = row[j];
      row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
    }
  }
}
