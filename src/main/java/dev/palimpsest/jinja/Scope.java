package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that one body (of the template, a loop, a macro …) reads and sets.
 *
 * <p>Jinja decides while compiling where a name is looked for: one that a body sets and neither it
 * nor a body around it reads before is its own from the start, and undefined until it is set, even
 * if the caller passed a variable of that name. Rules: jinja2.idtracking.
 */
final class Scope {
  private enum Origin {
    FOUND,
    UNSET
  }

  /** What a body does to a name, or the branches of an {@code if}. */
  private sealed interface Event {
    /** A name is read. */
    record Load(String name) implements Event {}

    /** A name is set. */
    record Store(String name) implements Event {}

    /** A name is a parameter or the target of a loop. */
    record Parameter(String name) implements Event {}

    /** One of several lists of events happens. */
    record Branches(List<List<Event>> branches) implements Event {}
  }

  private final Scope parent;
  private List<Event> events = new ArrayList<>();
  private Map<String, Origin> origins;
  private Set<String> unset;

  Scope(Scope parent) {
    this.parent = parent;
  }

  void load(String name) {
    events.add(new Event.Load(name));
  }

  void store(String name) {
    events.add(new Event.Store(name));
  }

  void parameter(String name) {
    events.add(new Event.Parameter(name));
  }

  /** Records what happens while each of several parsers runs, as branches of which one is taken. */
  void branches(Runnable... parsers) {
    List<Event> outer = events;
    List<List<Event>> branches = new ArrayList<>();
    for (Runnable parser : parsers) {
      events = new ArrayList<>();
      parser.run();
      branches.add(events);
    }
    events = outer;
    events.add(new Event.Branches(branches));
  }

  /** Returns the names that are undefined until the body sets them. */
  synchronized Set<String> unset() {
    if (unset == null) {
      Names names = new Names(new HashMap<>(), new HashSet<>());
      events.forEach(event -> apply(names, event));
      origins = names.origins;
      unset = new HashSet<>();
      origins.forEach(
          (name, origin) -> {
            if (origin == Origin.UNSET) {
              unset.add(name);
            }
          });
    }
    return unset;
  }

  private boolean knows(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      scope.unset();
      if (scope.origins.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /** Names as far as they are known at one point of a body. */
  private record Names(Map<String, Origin> origins, Set<String> stored) {
    Names copy() {
      return new Names(new HashMap<>(origins), new HashSet<>(stored));
    }
  }

  private boolean isKnownOutside(String name) {
    return parent != null && parent.knows(name);
  }

  private void apply(Names names, Event event) {
    if (event instanceof Event.Load load) {
      if (!isKnownOutside(load.name())) {
        names.origins.putIfAbsent(load.name(), Origin.FOUND);
      }
    } else if (event instanceof Event.Store store) {
      names.stored.add(store.name());
      names.origins.putIfAbsent(
          store.name(), isKnownOutside(store.name()) ? Origin.FOUND : Origin.UNSET);
    } else if (event instanceof Event.Parameter parameter) {
      names.stored.add(parameter.name());
      names.origins.put(parameter.name(), Origin.FOUND);
    } else if (event instanceof Event.Branches branches) {
      merge(names, branches.branches());
    }
  }

  private void merge(Names names, List<List<Event>> branches) {
    Set<String> before = Set.copyOf(names.stored);
    List<Names> ends = new ArrayList<>();
    for (List<Event> branch : branches) {
      Names end = names.copy();
      branch.forEach(event -> apply(end, event));
      ends.add(end);
    }
    for (Names end : ends) {
      names.origins.putAll(end.origins);
      names.stored.addAll(end.stored);
    }
    for (String name : names.stored) {
      if (!before.contains(name)) {
        names.origins.put(name, Origin.FOUND);
      }
    }
  }
}
