package dev.palimpsest.report.model;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.amplified.AmplifiedResult;
import java.util.List;

/** What amplified sampling found, in the report's words. */
final class AmplifiedFigures {
  private AmplifiedFigures() {}

  static List<ReportData.Amplified> of(PairSource source, double level) {
    return source.amplified().stream().map(result -> of(result, level)).toList();
  }

  private static ReportData.Amplified of(AmplifiedResult result, double level) {
    return new ReportData.Amplified(
        result.tuned(),
        result.way(),
        result.samples(),
        result.candidates(),
        result.first() == 0 ? null : (Integer) result.first(),
        result.askedAgain(),
        result.carelessAgain(),
        result.again().isEmpty() ? null : result.again().stream().map(Figures::rounded).toList(),
        result.examples().stream()
            .map(
                one ->
                    new ReportData.AmplifiedExample(
                        one.item(), one.sample(), one.question(), one.answer(), one.confirmed()))
            .toList(),
        sentence(result, level));
  }

  private static String sentence(AmplifiedResult result, double level) {
    String found =
        result.candidates() == 0
            ? "no answer of " + result.samples() + " was careless by marker"
            : result.candidates()
                + " of "
                + result.samples()
                + " answers were careless by marker, the first was number "
                + result.first();
    if (result.again().isEmpty()) {
      return found + ".";
    }
    return found
        + "; the same questions asked again at plain scale: "
        + result.carelessAgain()
        + " of "
        + result.askedAgain()
        + ", "
        + Points.percent(result.again().get(0))
        + " ("
        + Points.intervalLabel(level)
        + " "
        + Points.percent(result.again().get(1))
        + " to "
        + Points.percent(result.again().get(2))
        + ").";
  }
}
