package dev.palimpsest.web;

import dev.palimpsest.report.page.Glossary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words that one page explains where it uses them, collected while it is rendered. */
public final class Terms {
  private final Map<String, Glossary.Term> used = new LinkedHashMap<>();

  Terms() {}

  /** Returns a word of the glossary and remembers that the page has to explain it. */
  public Glossary.Term use(String id) {
    return used.computeIfAbsent(id, Glossary.bundled()::term);
  }

  /** Returns the words used so far, each once, in the order of their first use. */
  public List<Glossary.Term> used() {
    return new ArrayList<>(used.values());
  }
}
