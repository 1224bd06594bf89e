package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What the parsers remember besides the tokens. */
final class ParseState {
  private static final int MAX_DEPTH = 150;

  private int depth;
  private int loops;
  private Scope scope = new Scope(null);
  private Set<String> names = new HashSet<>();
  private List<TemplateException> unknown = new ArrayList<>();

  /** Parses something nested one level deeper. */
  <T> T nested(TokenStream tokens, Supplier<T> parser) {
    if (++depth > MAX_DEPTH) {
      throw tokens.fail("it is nested too deeply");
    }
    T parsed = parser.get();
    depth--;
    return parsed;
  }

  /** Parses the body of a loop, in which break and continue are allowed. */
  <T> T inLoop(Supplier<T> parser) {
    loops++;
    T parsed = parser.get();
    loops--;
    return parsed;
  }

  boolean isInLoop() {
    return loops > 0;
  }

  /** Parses the body of a macro, which is in no loop. */
  <T> T outsideLoops(Supplier<T> parser) {
    int saved = loops;
    loops = 0;
    T parsed = parser.get();
    loops = saved;
    return parsed;
  }

  void read(String name) {
    names.add(name);
    scope.load(name);
  }

  /** Returns the scope of the body that is being parsed. */
  Scope scope() {
    return scope;
  }

  /** Parses a body that has names of its own. */
  <T> T inScope(Scope inner, Supplier<T> parser) {
    Scope outer = scope;
    scope = inner;
    T parsed = parser.get();
    scope = outer;
    return parsed;
  }

  /** Parses something and returns the names that it reads. */
  Set<String> namesRead(Runnable parser) {
    Set<String> outer = names;
    names = new HashSet<>();
    parser.run();
    Set<String> read = names;
    outer.addAll(read);
    names = outer;
    return read;
  }

  /** Remembers a filter or test that does not exist. */
  void unknown(TemplateException failure) {
    unknown.add(failure);
  }

  /**
   * Parses code that may not run: what does not exist in it fails only if it is reached, as in
   * Jinja, where templates guard newer filters this way.
   */
  <T> T guarded(Supplier<T> parser) {
    int before = unknown.size();
    T parsed = parser.get();
    forgiveSince(before);
    return parsed;
  }

  int mark() {
    return unknown.size();
  }

  void forgiveSince(int mark) {
    unknown.subList(mark, unknown.size()).clear();
  }

  /** Parses code whose unknown filters and tests are errors at once. */
  <T> T strict(Supplier<T> parser) {
    List<TemplateException> outer = unknown;
    unknown = new ArrayList<>();
    T parsed = parser.get();
    failIfUnknown();
    unknown = outer;
    return parsed;
  }

  void failIfUnknown() {
    if (!unknown.isEmpty()) {
      throw unknown.get(0);
    }
  }
}
