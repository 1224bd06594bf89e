package dev.palimpsest.evidence.pdf;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.EvidenceException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.font.FontMappers;

/**
 * Makes report.pdf of the report's data. The same report gives the same bytes: times are the
 * audit's, and the document's id comes of the report's digest.
 *
 * <p>The one font is Liberation Sans (Latin, Greek, Cyrillic), which comes with PDFBox; characters
 * that it lacks are shown as "#".
 */
public final class PdfReport {
  private static final int REGULAR = 400;
  private static final Pattern DATES =
      Pattern.compile("(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)[^<]*(<)");

  static {
    XRLog.setLoggingEnabled(false); // it writes to the standard streams
    FontMappers.set(OneFont.read());
  }

  private PdfReport() {}

  /** Returns the file's bytes. */
  public static byte[] of(Dossier dossier) {
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.useFastMode();
    builder.usePdfUaAccessibility(true);
    builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_A);
    builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
    builder.useFont(OneFont::file, "Report", REGULAR, FontStyle.NORMAL, true);
    builder.withProducer("palimpsest");
    builder.useUriResolver((base, uri) -> null); // nothing outside is ever fetched
    builder.withHtmlContent(PdfPage.of(dossier), null);
    try (PdfBoxRenderer renderer = builder.buildPdfRenderer();
        PDDocument document = renderer.createPDFKeepOpen()) {
      fix(document, dossier);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new EvidenceException("The report cannot be made into a PDF.", e);
    }
  }

  /** Puts the audit's time in place of now's, and an id made of the report's digest. */
  private static void fix(PDDocument document, Dossier dossier) throws IOException {
    Instant finished = Instant.parse(dossier.finishedAt()).truncatedTo(ChronoUnit.SECONDS);
    Calendar time = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    time.setTimeInMillis(finished.toEpochMilli());
    document.getDocumentInformation().setCreationDate(time);
    document.getDocumentInformation().setModificationDate(null);
    document.setDocumentId(Long.parseUnsignedLong(dossier.report().digest().substring(0, 16), 16));
    PDMetadata metadata = document.getDocumentCatalog().getMetadata();
    if (metadata != null) {
      String xmp = new String(metadata.toByteArray(), StandardCharsets.UTF_8);
      String fixed = DATES.matcher(xmp).replaceAll("$1" + finished + "$2");
      metadata.importXMPMetadata(fixed.getBytes(StandardCharsets.UTF_8));
    }
  }
}
