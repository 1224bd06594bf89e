package dev.palimpsest.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where code runs: the visible names, the output, and the rendering it belongs to. */
final class Frame {
  private final Rendering rendering;
  private final Frame parent;
  private final Output output;
  private final Map<String, Object> values = new HashMap<>();

  private Frame(Rendering rendering, Frame parent, Output output) {
    this.rendering = rendering;
    this.parent = parent;
    this.output = output;
  }

  static Frame root(Rendering rendering, Map<String, Object> values) {
    Frame root = new Frame(rendering, null, new Output(rendering.budget()));
    root.values.putAll(values);
    return root;
  }

  /** Returns a frame whose names are its own and whose output is this one's. */
  Frame inner() {
    return new Frame(rendering, this, output);
  }

  /** Returns a frame that sees the names of the template's top level and writes to this output. */
  Frame innerOfTop() {
    Frame top = this;
    while (top.parent.parent.parent != null) {
      top = top.parent;
    }
    return new Frame(rendering, top, output);
  }

  /** Returns a frame whose names and output are its own. */
  Frame capturing() {
    return new Frame(rendering, this, new Output(rendering.budget()));
  }

  Rendering rendering() {
    return rendering;
  }

  Budget budget() {
    return rendering.budget();
  }

  Python python() {
    return rendering.python();
  }

  Output output() {
    return output;
  }

  void set(String name, Object value) {
    values.put(name, value);
  }

  /** Returns the value of a name here or further out, or undefined. */
  Object get(String name) {
    for (Frame frame = this; frame != null; frame = frame.parent) {
      if (frame.values.containsKey(name)) {
        return frame.values.get(name);
      }
    }
    return Undefined.name(name);
  }

  String print(Object value) {
    return Printer.text(budget(), value);
  }

  /** Runs statements one after the other until one of them leaves a loop. */
  Statement.Flow run(List<Statement> body) {
    budget().enter();
    try {
      for (Statement statement : body) {
        budget().step();
        Statement.Flow flow = statement.execute(this);
        if (flow != Statement.Flow.NEXT) {
          return flow;
        }
      }
      return Statement.Flow.NEXT;
    } finally {
      budget().leave();
    }
  }

  /** Runs statements in a frame of their own and returns what they write. */
  String capture(List<Statement> body) {
    Frame inner = capturing();
    inner.run(body);
    return inner.output.text();
  }
}
