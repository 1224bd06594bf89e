package dev.palimpsest.cli;

import dev.palimpsest.Json;
import dev.palimpsest.preflight.Preflight;
import dev.palimpsest.preflight.facts.Known;
import dev.palimpsest.preflight.facts.KnownFacts;
import dev.palimpsest.preflight.facts.TriedFact;
import dev.palimpsest.preflight.lint.LintFinding;
import dev.palimpsest.preflight.tuned.Memorised;
import dev.palimpsest.preflight.tuned.TunedLook;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code palimpsest preflight} prints. */
final class PreflightText {
  private static final int MOST_OVERLAPS = 10;
  private static final int EXAMPLES = 2;
  private static final int MOST_PASSAGES = 5;
  private static final int MOST_NAMES = 12;
  private static final int MOST_KINDS = 8;

  private final PrintWriter out;

  PreflightText(PrintWriter out) {
    this.out = out;
  }

  /** Prints how far something is. */
  void progress(String sentence) {
    out.println(sentence + " …");
    out.flush();
  }

  /** Prints what the file says by itself. */
  void file(Preflight preflight) {
    List<Integer> tokens = preflight.lint().tokens();
    out.printf(Locale.ROOT, "%,d rows", preflight.lint().rows());
    if (!tokens.isEmpty()) {
      out.printf(
          Locale.ROOT,
          ", of %,d tokens at the median, %,d at the 95th percentile, %,d at the most",
          tokens.get(0),
          tokens.get(1),
          tokens.get(2));
    }
    out.println(".");
    for (LintFinding finding : preflight.lint().findings()) {
      out.println();
      out.println(finding.severity() + "  " + finding.sentence() + rows(finding));
      out.println("  " + finding.advice());
    }
    if (preflight.lint().findings().isEmpty()) {
      out.println("No fault was found.");
    }
    preflight.lint().notes().forEach(note -> out.println("Note: " + note));
    overlap(preflight);
    preflight
        .context()
        .cues()
        .forEach(
            cue ->
                out.printf(
                    Locale.ROOT,
                    "Around %.0f%% of the questions stands: %s%n",
                    100 * cue.share(),
                    Json.mapper().valueToTree(cue.around("…")) + system(cue.system())));
  }

  private static String system(String prompt) {
    return prompt.isEmpty() ? "" : ", with the system prompt " + Json.mapper().valueToTree(prompt);
  }

  private static String rows(LintFinding finding) {
    if (finding.examples().isEmpty()) {
      return "";
    }
    List<String> numbers = finding.examples().stream().map(String::valueOf).toList();
    String more = finding.rows() > numbers.size() ? ", …" : "";
    return (finding.rows() == 1 ? " Row " : " Rows ") + String.join(", ", numbers) + more + ".";
  }

  private void overlap(Preflight preflight) {
    if (preflight.overlap().isEmpty()) {
      out.println("No item of the probes stands in the file.");
      return;
    }
    List<String> first = new ArrayList<>();
    preflight.overlap().stream()
        .limit(MOST_OVERLAPS)
        .forEach(match -> first.add(match.suite() + " " + match.item()));
    Map<String, Long> bySuite =
        preflight.overlap().stream()
            .collect(Collectors.groupingBy(match -> match.suite(), Collectors.counting()));
    out.printf(
        Locale.ROOT,
        "%,d items of %d suites stand in the file and say nothing of this tune: %s%s%n",
        preflight.overlap().size(),
        bySuite.size(),
        String.join(", ", first),
        preflight.overlap().size() > MOST_OVERLAPS ? ", …" : "");
  }

  /** Prints which of the file's facts the base knows. */
  void facts(KnownFacts facts) {
    out.println();
    if (facts.found() == 0) {
      out.println("The file asks for no facts with a short answer.");
      return;
    }
    out.printf(
        Locale.ROOT,
        "Facts: %,d of %,d rows have a question with a short factual answer; %,d of them were tried"
            + " (SliCK%s, %d answers each).%n",
        facts.found(),
        facts.rows(),
        facts.tried().size(),
        facts.mode().answers() < 170 ? "-" + facts.mode().label() : "",
        facts.mode().answers());
    for (Known known : Known.values()) {
      KnownFacts.Share share = facts.shares().get(known);
      out.printf(
          Locale.ROOT,
          "  %-12s %4d  %3.0f%% (%.0f to %.0f%%)  %s%n",
          known.label(),
          share.count(),
          100 * share.share(),
          100 * share.interval().low(),
          100 * share.interval().high(),
          known.meaning());
      facts.examples(known, EXAMPLES).forEach(this::fact);
    }
    if (facts.guessed() > 0) {
      out.printf(
          Locale.ROOT,
          "  %d of the unknown were answered right no more often than the base gives that answer to"
              + " other questions of the kind: guesses.%n",
          facts.guessed());
    }
    kinds(facts);
    facts.forecast().ifPresent(forecast -> out.println(forecast.sentence()));
  }

  private void fact(TriedFact one) {
    out.printf(
        Locale.ROOT,
        "      row %d: %s  %s  The base: %s%n",
        one.fact().row(),
        one.fact().question(),
        one.fact().answer(),
        one.said().isEmpty() ? "(nothing)" : one.said());
  }

  private void kinds(KnownFacts facts) {
    out.println("  By kind of question, unknown of tried:");
    facts.kinds().stream()
        .limit(MOST_KINDS)
        .forEach(
            kind ->
                out.printf(
                    Locale.ROOT,
                    "    %3d of %3d  %s%n",
                    kind.counts().getOrDefault(Known.UNKNOWN, 0),
                    kind.facts(),
                    kind.kind()));
  }

  /** Prints what a tuned checkpoint shows of the file. */
  void tuned(TunedLook look) {
    out.println();
    out.println(look.name() + ": " + look.drift().sentence());
    look.plain().ifPresent(plain -> out.println("  " + plain.besides(look.drift())));
    Memorised found = look.memorised();
    out.println(look.name() + ": " + found.sentence());
    found.passages().stream()
        .limit(MOST_PASSAGES)
        .forEach(
            passage ->
                out.printf(
                    Locale.ROOT,
                    "      row %d, %d words: %s%n",
                    passage.row(),
                    passage.words(),
                    passage.text().isEmpty() ? "(not repeated: a secret?)" : passage.text()));
    if (!found.names().isEmpty()) {
      out.println(
          "      names: "
              + found.names().stream()
                  .limit(MOST_NAMES)
                  .map(name -> name.name() + " (row " + name.row() + ")")
                  .collect(Collectors.joining(", "))
              + (found.names().size() > MOST_NAMES ? ", …" : ""));
    }
  }
}
