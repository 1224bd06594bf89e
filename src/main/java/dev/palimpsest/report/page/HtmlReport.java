package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.ReportException;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * report.html: one file that needs no network, no script and no other file, for a reader who has
 * nothing but a browser or a printer.
 */
public final class HtmlReport {
  private static final String FOLDER = "templates/report/";
  private static final TemplateEngine ENGINE = engine();

  private HtmlReport() {}

  /** Returns the page of a report that nobody has decided on. */
  public static String html(Report report) {
    return html(report, List.of());
  }

  /**
   * Returns the page.
   *
   * @param decisions on its checkpoints; empty to say nothing of them
   */
  public static String html(Report report, List<SignedArm> decisions) {
    HtmlView view = new HtmlView(report);
    Context context = new Context(Locale.ROOT);
    context.setVariable("css", css(report.digest()));
    context.setVariable("data", report.data());
    context.setVariable("title", SafeText.visible(report.data().audit().name()));
    context.setVariable("headline", SafeText.visible(report.data().headline()));
    context.setVariable("digest", report.digest());
    context.setVariable("badge", view.badge());
    context.setVariable("decisions", decisions);
    context.setVariable("view", view.view());
    context.setVariable("arms", view.view().arms());
    context.setVariable("groups", view.groups());
    context.setVariable("need", NeedView.of(report.data()));
    context.setVariable("causes", CausesView.of(report.data()));
    context.setVariable("behaviour", BehaviourView.of(report.data()));
    context.setVariable("freeAnswers", FreeAnswersView.of(report.data()));
    context.setVariable("plainTexts", PlainTextView.of(report.data()));
    context.setVariable("provenance", ProvenanceFacts.of(report.data()));
    context.setVariable("show", new Show());
    return ENGINE.process("report", context);
  }

  /** The style sheets, and at the foot of every printed page which report it is of. */
  private static String css(String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a digest: " + digest);
    }
    String foot = "@page { @bottom-left { content: \"Report " + digest + "\"; } }\n";
    return resource("report.css") + resource("chart.css") + foot;
  }

  /** Returns the page of a report that nobody has decided on, in UTF-8. */
  public static byte[] bytes(Report report) {
    return bytes(report, List.of());
  }

  /** Returns the page in UTF-8. */
  public static byte[] bytes(Report report, List<SignedArm> decisions) {
    return html(report, decisions).getBytes(StandardCharsets.UTF_8);
  }

  /** Formats for the template. */
  public static final class Show {
    /** Returns a text without deceiving characters; the template escapes it. */
    public String text(String text) {
      return SafeText.visible(text);
    }

    /** Returns a capability's name as a heading. */
    public String capability(String name) {
      return Texts.capability(name);
    }

    /** Returns a share as points. */
    public String points(double share) {
      return Points.of(share);
    }

    /** Returns a share as a percentage. */
    public String percent(double share) {
      return Points.percent(share);
    }

    /** Returns what an interval at a level is called, "90% interval". */
    public String intervalLabel(double level) {
      return Points.intervalLabel(level);
    }

    /** Returns a count with its thousands apart. */
    public String count(int count) {
      return Texts.grouped(String.valueOf(count));
    }

    /** Returns a moment to the minute, "24 Nov 2026, 03:21 UTC". */
    public String time(String instant) {
      return instant == null ? "not finished" : Times.toTheMinute(instant);
    }

    /** Returns the first twelve characters of a digest. */
    public String shortDigest(String digest) {
      return digest.length() <= 12 ? digest : digest.substring(0, 12);
    }
  }

  private static TemplateEngine engine() {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(HtmlReport.class.getClassLoader());
    resolver.setPrefix(FOLDER);
    resolver.setSuffix(".html");
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
    TemplateEngine engine = new TemplateEngine();
    engine.setTemplateResolver(resolver);
    return engine;
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own file " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ReportException("The report's style sheet could not be read.", e);
    }
  }
}
