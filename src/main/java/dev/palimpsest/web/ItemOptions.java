package dev.palimpsest.web;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.review.Facet;
import dev.palimpsest.audit.review.ItemSelection;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A list to choose a value from, with how many items each value leaves.
 *
 * @param name in the address
 * @param label what the list is called
 * @param options the values, that for any of them first
 */
public record ItemOptions(String name, String label, List<Option> options) {
  /** A value of the list. */
  public record Option(String value, String label, boolean chosen) {}

  /** Returns the lists that have something to choose from. */
  static List<ItemOptions> of(ItemFilter filter, ItemSelection selection) {
    return List.of(
            list(filter, selection, Facet.SUITE, "All capabilities", name -> heading(filter, name)),
            list(filter, selection, Facet.TUNED, "All checkpoints", name -> name),
            list(filter, selection, Facet.TOPIC, "All topics", topic -> topic),
            list(filter, selection, Facet.TIER, "All tiers", tier -> tier),
            list(filter, selection, Facet.CELL, "Any cause", ItemPages::title))
        .stream()
        .filter(
            list ->
                list.options.size() > 2 || list.options.stream().skip(1).anyMatch(Option::chosen))
        .toList();
  }

  private static ItemOptions list(
      ItemFilter filter,
      ItemSelection selection,
      Facet facet,
      String any,
      UnaryOperator<String> label) {
    String chosen = filter.query().get(facet.parameter());
    Map<String, Integer> counts = selection.counts().get(facet);
    List<Option> options = new ArrayList<>();
    options.add(new Option("", counted(any, selection.totals().get(facet)), chosen.isEmpty()));
    counts.forEach(
        (value, count) -> {
          if (!value.isEmpty()) {
            options.add(
                new Option(value, counted(label.apply(value), count), value.equals(chosen)));
          }
        });
    if (!chosen.isEmpty() && !counts.containsKey(chosen)) {
      options.add(new Option(chosen, counted(label.apply(chosen), 0), true));
    }
    return new ItemOptions(facet.parameter(), ItemPages.title(facet.parameter()), options);
  }

  private static String counted(String label, int count) {
    return SafeText.visible(label) + " (" + new Show().count(count) + ")";
  }

  private static String heading(ItemFilter filter, String suite) {
    return filter.report().data().capabilities().stream()
        .filter(one -> one.suite().equals(suite))
        .map(ReportData.Capability::capability)
        .findFirst()
        .map(CapabilityName::heading)
        .orElse(suite);
  }
}
