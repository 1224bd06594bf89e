package dev.palimpsest.audit.need;

/** What is said of the need for a tune, or of how it follows what it reads. */
public enum NeedWord {
  /** The base does as well within the margin, asked plainly, after examples or under a prompt. */
  PROMPT("a prompt was enough"),
  /** The base does as well within the margin with passages to read, and not by a prompt alone. */
  RETRIEVE("retrieve it"),
  /** The tune is better than the base however it is asked. */
  EARNED("the tune earns its place"),
  OPEN("not decided"),
  /** The tune follows swapped passages no less than the base, within the margin. */
  FOLLOWS("follows its context"),
  /** The tune follows swapped passages less than the base. */
  FOLLOWS_LESS("follows its context less");

  private final String words;

  NeedWord(String words) {
    this.words = words;
  }

  /** Returns the words that are printed. */
  public String words() {
    return words;
  }
}
