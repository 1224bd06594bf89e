package dev.palimpsest.report.page;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.palimpsest.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of reports, each explained once and plainly; glossary.json beside this class holds
 * them.
 */
public final class Glossary {
  private static final Glossary BUNDLED = read();

  private final List<Group> groups;
  private final Map<String, Term> byId = new LinkedHashMap<>();

  /**
   * A word.
   *
   * @param id unique; its anchor on the glossary's page
   * @param name as it is written
   * @param text what it means, one to three sentences without markup
   */
  public record Term(String id, String name, String text) {}

  /** Words that belong together. */
  public record Group(String heading, List<Term> terms) {}

  private Glossary(List<Group> groups) {
    this.groups = List.copyOf(groups);
    for (Group group : groups) {
      for (Term term : group.terms()) {
        if (byId.put(term.id(), term) != null) {
          throw new IllegalStateException("the glossary explains " + term.id() + " twice");
        }
      }
    }
  }

  /** Returns the glossary that comes with the program. */
  public static Glossary bundled() {
    return BUNDLED;
  }

  /** Returns all words, in the order in which they are read. */
  public List<Group> groups() {
    return groups;
  }

  /**
   * Returns a word.
   *
   * @throws IllegalArgumentException if it is not explained, so that no page can name such a one
   */
  public Term term(String id) {
    Term term = byId.get(id);
    if (term == null) {
      throw new IllegalArgumentException("the glossary does not explain " + id);
    }
    return term;
  }

  private static Glossary read() {
    try (InputStream json = Glossary.class.getResourceAsStream("glossary.json")) {
      return new Glossary(Json.mapper().readValue(json, new TypeReference<List<Group>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
