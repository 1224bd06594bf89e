package dev.palimpsest.inference;

import java.util.Objects;

/**
 * An adapter as it is asked for: {@code NAME}, or {@code NAME@SCALE} with its alpha multiplied.
 *
 * @param name the name it was loaded under
 * @param scale 1 as it was trained; finite
 */
public record AdapterAtScale(String name, double scale) {
  private static final char AT = '@';

  public AdapterAtScale {
    Objects.requireNonNull(name, "name is null");
    if (!Double.isFinite(scale)) {
      throw new DecoderException("An adapter's scale should be a finite number.");
    }
  }

  /** Reads what {@link #toString()} writes; a name alone is at scale 1. */
  public static AdapterAtScale parse(String text) {
    int at = text.lastIndexOf(AT);
    try {
      return at < 0
          ? new AdapterAtScale(text, 1)
          : new AdapterAtScale(text.substring(0, at), Double.parseDouble(text.substring(at + 1)));
    } catch (NumberFormatException e) {
      return new AdapterAtScale(text, 1);
    }
  }

  @Override
  public String toString() {
    boolean whole = scale == Math.rint(scale) && Math.abs(scale) < 1e6;
    return scale == 1 ? name : name + AT + (whole ? "" + (long) scale : "" + scale);
  }
}
