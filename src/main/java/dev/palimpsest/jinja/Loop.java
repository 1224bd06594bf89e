package dev.palimpsest.jinja;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * One run of a {@code for} and what its body sees as {@code loop}.
 *
 * <p>Items are taken and filtered when they are needed, so that a filter sees what the body before
 * it changed, as in Jinja; asking for the length or the next item takes them early.
 */
final class Loop implements Instance, Callable {
  private final Statement.For statement;
  private final Frame frame;
  private final int depth;
  private final Iterator<Object> source;
  private final Deque<Object> ahead = new ArrayDeque<>();
  private long index0 = -1;
  private Object previous = new Undefined("there is no previous item");
  private Object current = new Undefined("there is no previous item");
  private List<Object> lastChanged;

  /** Stands for None in the queue, which holds no null. */
  private static final Object NONE = new Object();

  Loop(Statement.For statement, Frame frame, Object source, int depth) {
    this.statement = statement;
    this.frame = frame;
    this.depth = depth;
    frame.budget().work(Cost.of(source));
    this.source = Sequences.iterator(source);
  }

  /**
   * Runs the body for every item, and {@code else} if no run of it came to its end: in Jinja those
   * that {@code break} or {@code continue} do not count.
   */
  Statement.Flow run() {
    boolean completed = false;
    Statement.Flow flow = Statement.Flow.NEXT;
    while (flow != Statement.Flow.BREAK && hasNext()) {
      Frame body = frame.inner();
      advance();
      body.set("loop", this);
      statement.target().assign(body, current);
      flow = body.run(statement.body());
      completed |= flow == Statement.Flow.NEXT;
    }
    return completed ? Statement.Flow.NEXT : frame.inner().run(statement.otherwise());
  }

  private void advance() {
    previous = current;
    Object next = ahead.remove();
    current = next == NONE ? null : next;
    index0++;
  }

  private boolean hasNext() {
    return !ahead.isEmpty() || pull();
  }

  private boolean pull() {
    while (source.hasNext()) {
      frame.budget().step();
      Object item = source.next();
      if (accepts(item)) {
        ahead.add(item == null ? NONE : item);
        return true;
      }
    }
    return false;
  }

  private boolean accepts(Object item) {
    if (statement.filter() == null) {
      return true;
    }
    Frame test = frame.inner();
    statement.target().assign(test, item);
    return Python.isTrue(statement.filter().evaluate(test));
  }

  private long length() {
    while (pull()) {
      // takes all that is left
    }
    return index0 + 1 + ahead.size();
  }

  @Override
  public Object attribute(String name) {
    return switch (name) {
      case "index" -> index0 + 1;
      case "index0" -> index0;
      case "first" -> index0 == 0;
      case "last" -> !hasNext();
      case "length" -> length();
      case "revindex" -> length() - index0;
      case "revindex0" -> length() - index0 - 1;
      case "depth" -> depth + 1L;
      case "depth0" -> (long) depth;
      case "previtem" -> previous;
      case "nextitem" -> next();
      case "cycle" -> (Callable) this::cycle;
      case "changed" -> (Callable) this::changed;
      default -> ABSENT;
    };
  }

  private Object next() {
    if (!hasNext()) {
      return new Undefined("there is no next item");
    }
    return ahead.peek() == NONE ? null : ahead.peek();
  }

  private Object cycle(Arguments arguments) {
    List<Object> values = arguments.positional();
    if (values.isEmpty()) {
      throw new TemplateException("loop.cycle() needs at least one value");
    }
    return values.get((int) (index0 % values.size()));
  }

  private Object changed(Arguments arguments) {
    List<Object> now = arguments.positional();
    boolean changed = lastChanged == null || !frame.python().equal(lastChanged, now);
    lastChanged = now;
    return changed;
  }

  /** Runs the same loop over the children of an item. */
  @Override
  public Object call(Arguments arguments) {
    if (!statement.recursive()) {
      throw new TemplateException("the loop is not recursive; write 'recursive' in its tag");
    }
    Object children = arguments.bindPositional("loop", "iterable").required(0);
    Frame inner = frame.capturing();
    frame.budget().enter();
    new Loop(statement, inner, children, depth + 1).run();
    frame.budget().leave();
    return inner.output().text();
  }

  @Override
  public String typeName() {
    return "LoopContext";
  }

  @Override
  public String printed() {
    return "<LoopContext %s/%s>".formatted(index0 + 1, attribute("length"));
  }
}
