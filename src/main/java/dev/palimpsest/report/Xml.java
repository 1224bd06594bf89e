package dev.palimpsest.report;

/**
 * Writes XML with everything that is not markup escaped and what XML 1.0 cannot hold left out.
 *
 * <p>Attributes are given as names and values in turn.
 */
public final class Xml {
  private final StringBuilder out = new StringBuilder();

  /** Opens an element. */
  public Xml open(String tag, String... attributes) {
    return start(tag, attributes).raw(">");
  }

  /** Appends an element without content. */
  public Xml empty(String tag, String... attributes) {
    return start(tag, attributes).raw("/>");
  }

  /** Closes an element. */
  public Xml close(String tag) {
    return raw("</").raw(tag).raw(">");
  }

  /** Appends an element that holds a text. */
  public Xml element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** Appends a text, escaped. */
  public Xml text(String text) {
    return raw(SafeText.escaped(text));
  }

  /** Appends a line end. */
  public Xml newLine() {
    return raw("\n");
  }

  /** Appends markup as it is. */
  public Xml raw(String markup) {
    out.append(markup);
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private Xml start(String tag, String... attributes) {
    raw("<").raw(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      // A line end in an attribute would be read back as a space.
      String value = SafeText.escaped(attributes[i + 1]).replace("\n", "&#10;");
      raw(" ").raw(attributes[i]).raw("=\"").raw(value).raw("\"");
    }
    return this;
  }
}
