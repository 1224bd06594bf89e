package dev.palimpsest.web;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.own.OwnHead;
import dev.palimpsest.suite.own.OwnKind;
import io.javalin.http.Context;
import java.util.Optional;

/**
 * What was typed about a suite so far, as the page shows it again.
 *
 * @param head about the suite
 * @param items a table or JSON lines
 * @param file the name of the file that they were read from, "" where they were pasted
 * @param checkpoint id of the one whose template the preview shows, "" for plain text
 */
public record OwnSuiteForm(OwnHead head, String items, String file, String checkpoint) {
  private static final int LONGEST_NAME = 200;

  /** Returns the form on a first visit. */
  static OwnSuiteForm empty() {
    OwnHead head = new OwnHead("", "", "", "", OwnKind.CHOICE, "5", false, "", "", "", "", "", "");
    return new OwnSuiteForm(head, "", "", "");
  }

  /** Reads what was sent. */
  static OwnSuiteForm of(Context ctx) {
    OwnHead head =
        new OwnHead(
            typed(ctx, "id"),
            typed(ctx, "version"),
            typed(ctx, "title"),
            typed(ctx, "capability"),
            OwnKind.of(typed(ctx, "kind")).orElse(OwnKind.CHOICE),
            typed(ctx, "margin"),
            !typed(ctx, "skill").isEmpty(),
            typed(ctx, "description"),
            typed(ctx, "language"),
            typed(ctx, "license"),
            typed(ctx, "source"),
            typed(ctx, "answerPrefix"),
            typed(ctx, "marginForm"));
    String items = Optional.ofNullable(ctx.formParam("items")).orElse("");
    return new OwnSuiteForm(head, items, typed(ctx, "file"), typed(ctx, "checkpoint"));
  }

  /** Returns the form for a new version of a suite. */
  static OwnSuiteForm of(Suite suite, String version, String items) {
    OwnHead head =
        new OwnHead(
            suite.id(),
            version,
            suite.title(),
            suite.capability(),
            kind(suite),
            new Show().margin(suite.defaultMargin()),
            suite.isSkill(),
            suite.info().description(),
            suite.info().language(),
            suite.info().license(),
            suite.info().source(),
            suite.answerPrefix(),
            suite.info().marginForm() == null ? "" : suite.info().marginForm().label());
    return new OwnSuiteForm(head, items, "", "");
  }

  private static OwnKind kind(Suite suite) {
    return OwnKind.of(suite.metric().kind().label()).orElse(OwnKind.CHOICE);
  }

  /** Returns the same with another version. */
  OwnSuiteForm version(String version) {
    return new OwnSuiteForm(head.version(version), items, file, checkpoint);
  }

  /** Returns where the items come from, for sentences. */
  String origin() {
    return file.isEmpty() ? "the table" : file;
  }

  private static String typed(Context ctx, String field) {
    String typed = Optional.ofNullable(ctx.formParam(field)).orElse("").strip();
    return field.equals("file") && typed.length() > LONGEST_NAME
        ? typed.substring(0, LONGEST_NAME)
        : typed;
  }
}
