package dev.palimpsest.jinja;

/** A value that is not plain data: its own type name, attributes and text. */
interface Instance {
  /** Marks an attribute that is not there; None is a value. */
  Object ABSENT = new Object();

  /** Returns the name of the type as errors use it. */
  String typeName();

  /** Returns the text that Python prints. */
  default String printed() {
    return "<" + typeName() + " object>";
  }

  /** Returns the same for an instance that prints what it holds. */
  default String printed(Budget budget) {
    return printed();
  }

  /** Returns an attribute or {@link #ABSENT}. */
  default Object attribute(String name) {
    return ABSENT;
  }
}
