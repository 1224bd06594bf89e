package dev.palimpsest.jinja;

import java.util.Iterator;

/**
 * What filters like map and select give: items that can be walked once, and not counted.
 *
 * @param items not yet taken
 */
record Generator(Iterator<Object> items) implements Instance {
  @Override
  public String typeName() {
    return "generator";
  }
}
