package dev.palimpsest.web;

import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteDraft;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.SuiteText;
import dev.palimpsest.suite.own.OwnDraft;
import dev.palimpsest.suite.own.OwnSuiteException;
import dev.palimpsest.suite.own.OwnSuites;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.SecurityHeaders;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Making a suite: what is wrong with it, how a model will see it, saving it, and taking it along.
 */
final class OwnSuitePages {
  private static final int PREVIEWED = 5;
  private static final int FAULTS_SHOWN = 50;

  /** The same bytes for the same suite, whenever it is taken along. */
  private static final LocalDateTime TIME_IN_ZIP = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final SuiteLibrary library;
  private final OwnSuites own;
  private final CheckpointRegistry registry;
  private final PromptPreview previews;
  private final Views views;

  OwnSuitePages(
      SuiteLibrary library,
      OwnSuites own,
      CheckpointRegistry registry,
      PromptPreview previews,
      Views views) {
    this.library = library;
    this.own = own;
    this.registry = registry;
    this.previews = previews;
    this.views = views;
  }

  /**
   * What came of a check.
   *
   * @param done whether anything was checked
   * @param items that are in order
   * @param faults the first of them
   * @param more how many faults there are beside
   * @param problem why the whole cannot be saved though no item is wrong, "" if it can
   */
  public record Checked(
      boolean done, int items, List<SuiteException> faults, int more, String problem) {
    static final Checked NOTHING = new Checked(false, 0, List.of(), 0, "");

    /** Tells whether it can be saved. */
    public boolean isInOrder() {
      return done && faults.isEmpty() && problem.isEmpty();
    }

    /** Returns how many faults there are. */
    public int count() {
      return faults.size() + more;
    }
  }

  void routes(RoutesConfig routes) {
    routes.get("/suites/new", this::form, Role.AUDITOR);
    routes.post("/suites/new", this::check, Role.AUDITOR);
    routes.post("/suites", this::save, Role.AUDITOR);
    routes.get("/suites/{id}/suite.zip", this::export, Role.VIEWER);
  }

  private void form(Context ctx) {
    String from = Optional.ofNullable(ctx.queryParam("from")).orElse("");
    show(
        ctx,
        from.isEmpty() ? OwnSuiteForm.empty() : newVersion(from),
        Checked.NOTHING,
        PromptPreview.Shown.NONE);
  }

  private OwnSuiteForm newVersion(String id) {
    OwnSuites.Version newest =
        own.list(id).stream()
            .findFirst()
            .orElseThrow(() -> WebException.notFound("No suite of that name was made here."));
    SuiteText text = own.text(id, newest.version()).orElseThrow();
    return OwnSuiteForm.of(text.read(id), own.next(id), text.items());
  }

  private void check(Context ctx) {
    OwnSuiteForm form = versioned(OwnSuiteForm.of(ctx));
    SuiteDraft draft = draft(form);
    PromptPreview.Shown shown =
        draft
            .preview(PREVIEWED)
            .map(suite -> previews.of(suite, form.checkpoint()))
            .orElse(PromptPreview.Shown.NONE);
    String problem = draft.suite().map(this::problem).orElse("");
    answer(ctx, form, checked(draft, problem), shown);
  }

  private void save(Context ctx) {
    OwnSuiteForm form = versioned(OwnSuiteForm.of(ctx));
    SuiteDraft draft = draft(form);
    Optional<Suite> suite = draft.suite();
    if (suite.isEmpty()) {
      answer(ctx, form, checked(draft, ""), PromptPreview.Shown.NONE);
      return;
    }
    try {
      put(suite.get());
      ctx.redirect("/suites/" + suite.get().id());
    } catch (OwnSuiteException refused) {
      answer(ctx, form, checked(draft, refused.getMessage()), PromptPreview.Shown.NONE);
    }
  }

  /** Stores a version of a suite. */
  void put(Suite suite) {
    own.put(suite);
  }

  /** Whoever types no version gets the one that is next. */
  OwnSuiteForm versioned(OwnSuiteForm form) {
    return form.head().version().isEmpty() ? form.version(own.next(form.head().id())) : form;
  }

  SuiteDraft draft(OwnSuiteForm form) {
    SuiteDraft draft = OwnDraft.of(form.head(), form.origin(), form.items());
    String id = form.head().id();
    if (own.list(id).isEmpty() && library.find(id).isPresent()) {
      draft.refuse(
          "id", "\"" + id + "\", which a suite has that comes with Palimpsest", "another one");
    }
    return draft;
  }

  String problem(Suite suite) {
    try {
      own.check(suite);
      return "";
    } catch (OwnSuiteException refused) {
      return refused.getMessage();
    }
  }

  private static Checked checked(SuiteDraft draft, String problem) {
    List<SuiteException> faults = draft.faults();
    List<SuiteException> shown = faults.subList(0, Math.min(FAULTS_SHOWN, faults.size()));
    return new Checked(
        true, draft.size(), List.copyOf(shown), faults.size() - shown.size(), problem);
  }

  private void answer(
      Context ctx, OwnSuiteForm form, Checked checked, PromptPreview.Shown preview) {
    if (!checked.isInOrder()) {
      ctx.status(checked.problem().isEmpty() ? 422 : 409);
    }
    // The version that the sentence names is put into the form, so that saving again follows it.
    boolean taken = !checked.problem().isEmpty();
    show(ctx, taken ? form.version(own.next(form.head().id())) : form, checked, preview);
  }

  private void show(Context ctx, OwnSuiteForm form, Checked checked, PromptPreview.Shown preview) {
    Map<String, Object> model = new HashMap<>();
    model.put("form", form);
    model.put("checked", checked);
    model.put("preview", preview);
    model.put(
        "checkpoints", registry.list().stream().filter(RegisteredCheckpoint::isReady).toList());
    model.put("scripts", List.of("suite.js"));
    views.page(ctx, "suite-new", model);
  }

  void export(Context ctx) {
    String id = ctx.pathParam("id");
    String version = version(ctx, id);
    SuiteText text =
        own.text(id, version)
            .orElseThrow(() -> WebException.notFound("No such suite was made here."));
    SecurityHeaders.inert(ctx);
    ctx.header("Content-Disposition", "attachment; filename=\"" + id + "-" + version + ".zip\"");
    ctx.contentType("application/zip");
    ctx.result(zip(id, text));
  }

  /** Returns the version that an address names, the newest where it names none. */
  private String version(Context ctx, String id) {
    String asked = Optional.ofNullable(ctx.queryParam("version")).orElse("");
    return asked.isEmpty()
        ? own.list(id).stream().findFirst().map(OwnSuites.Version::version).orElse("")
        : asked;
  }

  private static byte[] zip(String id, SuiteText text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      add(zip, id + "/suite.json", text.suite());
      add(zip, id + "/items.jsonl", text.items());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME_IN_ZIP);
    zip.putNextEntry(entry);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
