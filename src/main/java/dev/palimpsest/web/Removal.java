package dev.palimpsest.web;

import dev.palimpsest.web.failure.WebException;
import java.util.List;
import java.util.Locale;

/**
 * What would go if something were removed, for the page that asks whether it should.
 *
 * @param name of what would be removed
 * @param section of the navigation it belongs to
 * @param url its page
 * @param consequence what goes and what stays, in a sentence
 * @param room how much comes back, in words
 * @param dependents what depends on it
 * @param obstacle why it cannot be removed and what to do, "" if it can
 */
public record Removal(
    String name,
    String section,
    String url,
    String consequence,
    String room,
    List<Dependent> dependents,
    String obstacle) {
  /**
   * Something that depends on what would be removed.
   *
   * @param effect what becomes of it
   */
  public record Dependent(String name, String url, String effect) {}

  public Removal {
    dependents = List.copyOf(dependents);
  }

  /** Tells whether it cannot be removed. */
  public boolean isBlocked() {
    return !obstacle.isEmpty();
  }

  /** Returns the address of the list it is in. */
  public String listUrl() {
    return "/" + section;
  }

  /** Returns what that list is called. */
  public String listName() {
    return section.substring(0, 1).toUpperCase(Locale.ROOT) + section.substring(1);
  }

  /** Fails with the obstacle, if there is one. */
  void require() {
    if (isBlocked()) {
      throw new WebException(409, obstacle);
    }
  }
}
