package dev.palimpsest.evidence.pdf;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.audit.Points;
import dev.palimpsest.decision.Standing;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.Xml;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The PDF's content as XHTML of the kind that its renderer lays out: blocks and tables. */
final class PdfPage {
  private static final String STYLE =
      """
      @page { size: A4; margin: 18mm 16mm 20mm 16mm;
        @bottom-left { content: "Report %s"; font-family: Report; font-size: 7pt; color: #444444; }
        @bottom-right { content: counter(page) " / " counter(pages); font-family: Report;
          font-size: 7pt; color: #444444; } }
      body { font-family: Report; font-size: 9.5pt; line-height: 1.4; color: #111111; }
      h1 { font-size: 18pt; font-weight: normal; margin: 0 0 4mm 0; line-height: 1.2; }
      h2 { font-size: 13pt; font-weight: normal; margin: 7mm 0 2mm 0; page-break-after: avoid; }
      table { width: 100%%; border-collapse: collapse; -fs-table-paginate: paginate; margin: 2mm 0; }
      caption { text-align: left; color: #444444; font-size: 8.5pt; padding-bottom: 1mm; }
      th, td { text-align: left; vertical-align: top; padding: 1mm 2mm 1mm 0; font-weight: normal;
        border-bottom: 0.3pt solid #999999; font-size: 8.5pt; }
      thead th { border-bottom: 0.8pt solid #111111; }
      tr { page-break-inside: avoid; }
      .digest { font-size: 7pt; }
      .lead { font-size: 11pt; }
      """;

  private final Xml xml = new Xml();
  private final Dossier dossier;
  private final ReportData data;

  private PdfPage(Dossier dossier) {
    this.dossier = dossier;
    this.data = dossier.data();
  }

  static String of(Dossier dossier) {
    return new PdfPage(dossier).write();
  }

  private String write() {
    xml.raw("<!DOCTYPE html>\n<html lang=\"en\"><head>");
    element("title", data.audit().name());
    xml.empty("meta", "name", "description", "content", shown(data.headline()));
    xml.empty("meta", "name", "subject", "content", shown(data.headline()));
    xml.raw("<style>").raw(STYLE.formatted(dossier.report().digest())).raw("</style>");
    xml.raw("<bookmarks><bookmark name=\"Result\" href=\"#result\"/>");
    xml.raw("<bookmark name=\"Decisions\" href=\"#decisions\"/>");
    xml.raw("<bookmark name=\"How it was run\" href=\"#run\"/></bookmarks></head><body>");
    result();
    data.gravestFirst().forEach(this::checkpoint);
    decisions();
    limits();
    suites();
    run();
    verification();
    xml.raw("</body></html>");
    return xml.toString();
  }

  private void result() {
    xml.raw("<h1 id=\"result\">").text(shown(data.headline())).raw("</h1>");
    element("p", data.audit().name() + ": " + data.verdict().name().replace('_', ' '), "lead");
    element(
        "p",
        data.base().name()
            + " is the base. Every interval is at "
            + String.format(Locale.ROOT, "%.0f", 100 * data.audit().level())
            + "%; a gate passes only where the whole interval of the change lies above minus the"
            + " margin. Frozen "
            + data.audit().frozenAt()
            + ", finished "
            + dossier.finishedAt()
            + ".");
  }

  private void checkpoint(ReportData.TunedCheckpoint tuned) {
    element("h2", tuned.name() + ": " + tuned.verdict().name().replace('_', ' '));
    element("p", tuned.sentence());
    tuned.notes().forEach(note -> element("p", "Note: " + note));
    table(
        "Change from the base in percentage points, and what it proves.",
        List.of("Suite", "Items", "Base", "Tuned", "Change", "Margin", "Lost", "Gained", "Verdict"),
        dossier.findings(tuned.name()).stream().map(this::row).toList());
    for (ReportData.Capability finding : dossier.findings(tuned.name())) {
      element("p", finding.sentence());
    }
  }

  private List<String> row(ReportData.Capability finding) {
    return List.of(
        finding.suite() + (finding.skill() ? " (skill)" : ""),
        Integer.toString(finding.n()),
        Points.percent(finding.base()),
        Points.percent(finding.tunedScore()),
        Points.signed(finding.delta())
            + " ["
            + Points.signed(finding.ci().get(0))
            + " to "
            + Points.signed(finding.ci().get(1))
            + "]",
        Points.of(finding.margin()),
        Integer.toString(finding.lost()),
        Integer.toString(finding.gained()),
        finding.verdict().word());
  }

  private void decisions() {
    xml.raw("<h2 id=\"decisions\">Decisions</h2>");
    if (dossier.decisions().isEmpty()) {
      element("p", "Nobody has decided on this report.");
      return;
    }
    for (Standing standing : dossier.standings()) {
      element("p", standing.arm() + ": " + standing.words() + ".");
    }
    table(
        "Behind a typed name there was no account.",
        List.of("Name", "Checkpoint", "Decision", "When", "Known by", "Terms and comment"),
        dossier.decisions().stream().map(PdfPage::decision).toList());
  }

  private static List<String> decision(SignOff one) {
    return List.of(
        one.signedBy(),
        one.isOnAll() ? "all" : one.checkpoint().arm(),
        one.decision().word(),
        one.signedAt().toString(),
        one.authentication(),
        terms(one));
  }

  private static String terms(SignOff one) {
    List<String> said = new ArrayList<>();
    if (!one.terms().accepted().isEmpty()) {
      said.add("Accepted: " + String.join(", ", one.terms().accepted()) + ".");
    }
    if (!one.terms().condition().isEmpty()) {
      said.add("Condition: " + one.terms().condition());
    }
    one.terms().expires().ifPresent(last -> said.add("Holds to the end of " + last + "."));
    said.add(one.comment());
    return String.join(" ", said).strip();
  }

  private void limits() {
    element("h2", "What the result does not say");
    xml.raw("<ul>");
    data.limits().forEach(limit -> element("li", limit));
    xml.raw("</ul>");
  }

  private void suites() {
    element("h2", "What was asked");
    table(
        "Suites as they were planned.",
        List.of("Suite", "Version", "Items", "Metric", "Margin", "sha256"),
        data.suites().stream()
            .map(
                suite ->
                    List.of(
                        suite.suite(),
                        suite.version(),
                        Integer.toString(suite.items()),
                        suite.metric(),
                        Points.of(suite.margin()),
                        broken(suite.digest())))
            .toList());
  }

  private void run() {
    xml.raw("<h2 id=\"run\">How it was run</h2>");
    table(
        "Digests name the content: sha256, of a checkpoint's files the root of OpenSSF model"
            + " signing.",
        List.of("Fact", "Value"),
        data.provenance().entrySet().stream()
            .map(fact -> List.of(fact.getKey(), broken(fact.getValue())))
            .toList());
    table(
        "Checkpoints.",
        List.of("Name", "Kind", "sha256"),
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    List.of(
                        data.base().name() + " (base)",
                        data.base().kind(),
                        broken(data.base().digest()))),
                data.tuned().stream().map(t -> List.of(t.name(), t.kind(), broken(t.digest()))))
            .toList());
  }

  private void verification() {
    element("h2", "How to check it");
    element(
        "p",
        "This page is a rendering; report.json in the same bundle is what counts, and its sha256 is"
            + " the report's digest. VERIFY.md in the bundle has the commands.");
    for (Map.Entry<String, String> one :
        Map.of("report.json", dossier.report().digest()).entrySet()) {
      element("p", one.getKey() + " sha256 " + broken(one.getValue()));
    }
  }

  private void table(String caption, List<String> heads, List<List<String>> rows) {
    xml.raw("<table>");
    element("caption", caption);
    xml.raw("<thead><tr>");
    heads.forEach(head -> xml.element("th", shown(head), "scope", "col"));
    xml.raw("</tr></thead><tbody>");
    for (List<String> row : rows) {
      xml.raw("<tr>");
      xml.element("th", shown(row.get(0)), "scope", "row");
      row.stream().skip(1).forEach(cell -> xml.element("td", shown(cell)));
      xml.raw("</tr>");
    }
    xml.raw("</tbody></table>");
  }

  private void element(String tag, String text) {
    xml.element(tag, shown(text));
  }

  private void element(String tag, String text, String style) {
    xml.element(tag, shown(text), "class", style);
  }

  private static String shown(String text) {
    return SafeText.visible(text);
  }

  /** A digest has no place to break a line at; the renderer would let it run out of its cell. */
  private static String broken(String text) {
    return text.replaceAll("([0-9a-f]{16})(?=[0-9a-f])", "$1 ");
  }
}
