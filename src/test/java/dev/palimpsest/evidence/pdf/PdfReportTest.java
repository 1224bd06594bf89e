package dev.palimpsest.evidence.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.SampleAudit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** report.pdf. */
@Tag("slow")
final class PdfReportTest {
  private static byte[] pdf;

  @BeforeAll
  static void make() {
    pdf = PdfReport.of(dossier());
    VeraGreenfieldFoundryProvider.initialise();
  }

  private static Dossier dossier() {
    SampleAudit sample = SampleAudit.frozen();
    Report report = sample.report();
    SignOff decision =
        new SignOff(
            sample.audit().id(),
            report.digest(),
            SignOff.Decision.REJECTED,
            "Zoë O'Hara",
            "Too much was lost <b>here</b>.",
            Instant.parse("2026-11-25T09:00:00Z"));
    return new Dossier(sample.audit(), report, List.of(decision));
  }

  /** Judged by veraPDF, which is no part of what makes the file. */
  @ParameterizedTest
  @EnumSource(
      value = PDFAFlavour.class,
      names = {"PDFA_2_A", "PDFUA_1"})
  void itIsWhatItClaimsToBe(PDFAFlavour flavour) throws Exception {
    try (PDFAParser parser =
            Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      assertThat(
              result.getTestAssertions().stream()
                  .filter(one -> one.getStatus() == TestAssertion.Status.FAILED)
                  .map(one -> one.getRuleId().getClause() + ": " + one.getMessage())
                  .distinct())
          .isEmpty();
      assertThat(result.isCompliant()).isTrue();
    }
  }

  @Test
  void itSaysWhatTheReportSays() throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      String text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
      assertThat(text)
          .contains("sql-forget: FAIL")
          .contains("Zoë O'Hara, unauthenticated all Rejected")
          .contains("Too much was lost <b>here</b>.")
          .contains("Report " + dossier().report().digest());
      assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
      assertThat(document.getDocumentCatalog().getLanguage()).startsWith("en");
    }
  }

  @Test
  void theSameReportGivesTheSameBytesInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(PdfReport.of(dossier())).isEqualTo(pdf);
    } finally {
      Locale.setDefault(before);
    }
  }
}
