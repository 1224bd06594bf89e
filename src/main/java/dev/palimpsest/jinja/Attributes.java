package dev.palimpsest.jinja;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * How {@code a.b}, {@code a['b']} and {@code a[1:2]} find their value.
 *
 * <p>A dot looks for a method first and an item second, brackets the other way round. What is not
 * in the lists of methods does not exist.
 */
final class Attributes {
  private Attributes() {}

  static Object attribute(Frame frame, Object owner, String name) {
    return attribute(frame.rendering(), owner, name);
  }

  static Object attribute(Rendering rendering, Object owner, String name) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Object method = method(rendering, owner, name);
    if (method != Instance.ABSENT) {
      return method;
    }
    return owner instanceof Map<?, ?> map && map.containsKey(name)
        ? map.get(name)
        : missing(owner, name);
  }

  private static Object method(Rendering rendering, Object owner, String name) {
    if (owner instanceof Markup markup) {
      return markup.method(rendering, name);
    }
    if (owner instanceof Instance instance) {
      Object attribute = instance.attribute(name);
      if (attribute != Instance.ABSENT) {
        return attribute;
      }
    }
    if (owner instanceof String text) {
      return TextMethods.find(rendering, text, name);
    }
    if (owner instanceof Map<?, ?> map) {
      return CollectionMethods.ofMap(rendering, map, name);
    }
    return owner instanceof List<?> list
        ? CollectionMethods.ofList(rendering, list, name)
        : Instance.ABSENT;
  }

  private static Undefined missing(Object owner, String name) {
    return name.startsWith("__") ? Undefined.unsafe(owner, name) : Undefined.attribute(owner, name);
  }

  static Object item(Frame frame, Object owner, Object key) {
    return item(frame.rendering(), owner, key);
  }

  static Object item(Rendering rendering, Object owner, Object key) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (owner instanceof Map<?, ?> map && rendering.python().isHashable(key)) {
      Object found = rendering.python().key(map, key);
      if (map.containsKey(found)) {
        return map.get(found);
      }
    } else if (Types.isInteger(key) && !(key instanceof BigInteger)) {
      rendering.budget().work(owner instanceof List<?> ? 1 : Cost.of(owner));
      Object found = Sequences.at(owner, Types.toLong(key));
      if (found != Instance.ABSENT) {
        return found;
      }
    }
    if (key instanceof String name) {
      Object method = method(rendering, owner, name);
      return method == Instance.ABSENT ? missing(owner, name) : method;
    }
    return Undefined.attribute(owner, rendering.print(key));
  }

  static Object slice(Frame frame, Object owner, Object from, Object to, Object step) {
    if (owner instanceof Markup markup) {
      return Markup.marked(slice(frame, markup.text(), from, to, step));
    }
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (!(owner instanceof String || owner instanceof List<?>)) {
      throw new TemplateException(
          owner instanceof Map<?, ?>
              ? "unhashable type: 'slice'"
              : "'" + Types.nameOf(owner) + "' object is not subscriptable");
    }
    frame.budget().work(Sequences.length(owner));
    return Sequences.slice(owner, from, to, step);
  }
}
