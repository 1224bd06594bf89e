package dev.palimpsest.jinja;

import java.util.List;

/** What {@code set}, {@code for} and {@code with} can bind. */
sealed interface Target {
  void assign(Frame frame, Object value);

  /** Returns the names that are bound, without attributes. */
  default List<String> names() {
    return List.of();
  }

  /** A plain name. */
  record Name(String name) implements Target {
    @Override
    public List<String> names() {
      return List.of(name);
    }

    @Override
    public void assign(Frame frame, Object value) {
      frame.set(name, value);
    }
  }

  /** {@code namespace.attribute}. */
  record Attribute(String namespace, String attribute, int line) implements Target {
    @Override
    public void assign(Frame frame, Object value) {
      if (!(frame.get(namespace) instanceof Namespace target)) {
        throw new TemplateException("'" + namespace + "' is not a namespace and cannot be changed")
            .at(line);
      }
      target.set(attribute, value);
    }
  }

  /** Several targets that share out the items of the value. */
  record Several(List<Target> targets, int line) implements Target {
    @Override
    public List<String> names() {
      return targets.stream().flatMap(target -> target.names().stream()).toList();
    }

    @Override
    public void assign(Frame frame, Object value) {
      if (value instanceof Undefined undefined) {
        throw undefined.failure().at(line);
      }
      List<Object> items = Sequences.list(value);
      if (items.size() != targets.size()) {
        throw new TemplateException(
                "%d values cannot be unpacked into %d names"
                    .formatted(items.size(), targets.size()))
            .at(line);
      }
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).assign(frame, items.get(i));
      }
    }
  }
}
