package dev.palimpsest.audit.run;

import dev.palimpsest.audit.plan.Presentation;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.suite.Item;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much there is to compute: characters that are read, about in proportion to their tokens, and
 * tokens that may be written. One is not told from the other; each kind has its own pace.
 *
 * @param byKind amounts, absent for none
 */
record Effort(Map<Kind, Double> byKind) {
  private static final Presentation PLAIN = new Presentation("", false, Map.of());

  /** Kinds of work. */
  enum Kind {
    READING,
    WRITING;

    static Kind of(Item item) {
      return item.longestAnswer() > 0 ? WRITING : READING;
    }
  }

  Effort {
    byKind = Map.copyOf(byKind);
  }

  /** Returns the effort of some items on one arm. */
  static Effort of(Collection<Item> items) {
    Map<Kind, Double> byKind = new EnumMap<>(Kind.class);
    for (Item item : items) {
      byKind.merge(Kind.of(item), amount(item), Double::sum);
    }
    return new Effort(byKind);
  }

  private static double amount(Item item) {
    return item.longestAnswer() > 0
        ? item.longestAnswer()
        : PLAIN.prompts(item).stream().mapToInt(Effort::characters).sum();
  }

  private static int characters(EncodeRequest request) {
    int context = ((Prompt.Text) request.prompt()).text().length();
    return context + request.continuations().stream().mapToInt(String::length).sum();
  }

  Effort minus(Effort other) {
    Map<Kind, Double> rest = new EnumMap<>(Kind.class);
    byKind.forEach((kind, amount) -> rest.put(kind, Math.max(0, amount - other.of(kind))));
    return new Effort(rest);
  }

  double of(Kind kind) {
    return byKind.getOrDefault(kind, 0.0);
  }
}
