package dev.palimpsest.report.page;

import dev.palimpsest.report.chart.PlaneChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An adapter at one of several strengths, as names tell it: "NAME@0.5", and "NAME" at 1.
 *
 * @param adapter the adapter's name
 */
record AdapterScale(String adapter, double scale) {
  private static final Pattern NAME = Pattern.compile("(.+)@(\\d{1,3}(?:\\.\\d{1,6})?)");

  static AdapterScale of(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? new AdapterScale(matcher.group(1), Double.parseDouble(matcher.group(2)))
        : new AdapterScale(name, 1);
  }

  /** Returns the checkpoints that are one adapter at two strengths or more, weakest first. */
  static List<List<PlaneChart.Spot>> curves(List<PlaneChart.Spot> spots) {
    Map<String, List<PlaneChart.Spot>> adapters = new LinkedHashMap<>();
    for (PlaneChart.Spot spot : spots) {
      adapters.computeIfAbsent(of(spot.name()).adapter(), name -> new ArrayList<>()).add(spot);
    }
    return adapters.values().stream()
        .filter(scales -> scales.size() > 1)
        .map(
            scales ->
                scales.stream()
                    .sorted(Comparator.comparingDouble(spot -> of(spot.name()).scale()))
                    .toList())
        .toList();
  }
}
