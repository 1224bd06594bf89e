package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.List;

/**
 * The {@code attribute} argument of filters: {@code 'a.b.0'} looks up one item after the other.
 *
 * @param parts names and positions; none gives the item itself
 * @param absent what stands for a part that is not there, or null to leave it undefined
 */
record AttributePath(List<Object> parts, Object absent) {
  static AttributePath of(Object attribute) {
    return of(attribute, null);
  }

  static AttributePath of(Object attribute, Object absent) {
    List<Object> parts = new ArrayList<>();
    if (attribute instanceof String path) {
      for (Object part : Splitting.split(path, Arguments.of("."))) {
        String name = (String) part;
        boolean position = Letters.all(name, Character::isDigit) && name.length() < 10;
        parts.add(position ? (Object) Long.parseLong(name) : name);
      }
    } else if (attribute != null) {
      parts.add(attribute);
    }
    return new AttributePath(parts, absent);
  }

  /** Returns the paths of a comma-separated attribute. */
  static List<AttributePath> several(Object attribute) {
    List<AttributePath> paths = new ArrayList<>();
    if (attribute instanceof String names) {
      Splitting.split(names, Arguments.of(",")).forEach(name -> paths.add(of(name)));
    } else {
      paths.add(of(attribute));
    }
    return paths;
  }

  Object get(Rendering rendering, Object item) {
    Object found = item;
    for (Object part : parts) {
      rendering.budget().step();
      found = Attributes.item(rendering, found, part);
      if (absent != null && found instanceof Undefined) {
        found = absent;
      }
    }
    return found;
  }
}
