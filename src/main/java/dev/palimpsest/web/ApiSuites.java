package dev.palimpsest.web;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteDraft;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.own.OwnHead;
import dev.palimpsest.suite.own.OwnKind;
import dev.palimpsest.suite.own.OwnSuiteException;
import dev.palimpsest.suite.own.OwnSuites;
import dev.palimpsest.web.api.ApiRoutes;
import dev.palimpsest.web.api.Call;
import dev.palimpsest.web.api.Says;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Suites for programs: those that come with Palimpsest, and those that are made here. */
final class ApiSuites {
  private static final String VERSION = "The version; the newest where it is left out.";

  /** A suite. */
  record SuiteTold(
      String id,
      String version,
      String title,
      String capability,
      String description,
      int items,
      String metric,
      @Says("The largest drop that is accepted unless an audit says otherwise, a share.")
          double margin,
      @Says("The score of blind guessing.") Optional<Double> chance,
      String language,
      String license,
      String source,
      String digest,
      @Says("Whether audits ask it unless told otherwise.") boolean core,
      @Says("Whether the tune was made for it.") boolean skill,
      @Says("Versions of one made here, the newest first.") List<String> versions) {}

  /** An item, as people read it. */
  record SuiteItem(String id, String tier, String topic, String text) {}

  /** A suite that is to be made. */
  record NewSuite(
      @Says(pattern = "[a-z0-9][a-z0-9-]{0,63}") String id,
      @Says("Three numbers; the next one where it is left out.") Optional<String> version,
      @Says(shortest = 1, longest = 200) String title,
      Optional<String> capability,
      @Says(oneOf = {"choice", "margin", "instruction"}) String kind,
      @Says(
              value = "The largest accepted drop in points; 5 where it is left out.",
              least = 0,
              most = 100)
          Optional<Double> margin,
      Optional<Boolean> skill,
      Optional<String> description,
      Optional<String> language,
      Optional<String> license,
      Optional<String> source,
      Optional<String> answerPrefix,
      Optional<String> marginForm,
      @Says("A table (tabs, commas or semicolons, the first line names the columns) or JSON lines.")
          String items) {}

  /** What is wrong with a suite at one place. */
  record SuiteFault(int line, String field, String found, String expected, String sentence) {
    static SuiteFault of(SuiteException fault) {
      return new SuiteFault(
          fault.line(), fault.field(), fault.found(), fault.expected(), fault.getMessage());
    }
  }

  /** What a suite would be. */
  record SuiteChecked(
      @Says("Items that are in order.") int items,
      List<SuiteFault> faults,
      @Says("Why it cannot be saved though no item is wrong.") String problem) {}

  private final SuiteLibrary library;
  private final OwnSuites own;
  private final SuitePages shown;
  private final OwnSuitePages making;
  private final RemovalPages removals;

  ApiSuites(
      SuiteLibrary library,
      OwnSuites own,
      SuitePages shown,
      OwnSuitePages making,
      RemovalPages removals) {
    this.library = library;
    this.own = own;
    this.shown = shown;
    this.making = making;
    this.removals = removals;
  }

  void routes(ApiRoutes api) {
    api.get("/suites", Role.VIEWER, "listSuites", "Suites, each in its newest version")
        .pages(SuiteTold.class)
        .by(call -> call.page(library.suites().stream().map(this::told).toList()));
    api.post("/suites", Role.AUDITOR, "addSuite", "Saves a version of a suite")
        .takes(NewSuite.class)
        .creates(SuiteTold.class)
        .refuses(409)
        .by(this::add);
    api.post("/suite-checks", Role.AUDITOR, "checkSuite", "Says what is wrong with a suite")
        .takes(NewSuite.class)
        .answers(SuiteChecked.class)
        .by(this::check);
    api.get("/suites/{id}", Role.VIEWER, "getSuite", "A suite")
        .asks("version", VERSION)
        .answers(SuiteTold.class)
        .by(call -> told(shown.suite(call.ctx())));
    api.get("/suites/{id}/items", Role.VIEWER, "listSuiteItems", "The items of a suite")
        .asks("version", VERSION)
        .asksOneOf("tier", "A tier.", "easy", "medium", "hard")
        .asks("topic", "A topic.")
        .asks("q", "A text in the item.")
        .pages(SuiteItem.class)
        .by(this::items);
    api.get("/suites/{id}/suite.zip", Role.VIEWER, "getSuiteFiles", "The files of one made here")
        .asks("version", VERSION)
        .file("application/zip")
        .by(
            call -> {
              making.export(call.ctx());
              return null;
            });
    api.delete(
            "/suites/{id}/versions/{version}",
            Role.REMOVER,
            "removeSuite",
            "Removes a version of one made here that no audit asks")
        .refuses(409)
        .by(
            call -> {
              removals.removeSuite(call.step("id"), call.step("version"));
              return null;
            });
  }

  private SuiteTold told(Suite suite) {
    OptionalDouble chance = suite.chance();
    return new SuiteTold(
        suite.id(),
        suite.version(),
        suite.title(),
        suite.capability(),
        suite.info().description(),
        suite.items().size(),
        suite.metric().label(),
        suite.defaultMargin(),
        chance.isPresent() ? Optional.of(chance.getAsDouble()) : Optional.empty(),
        suite.info().language(),
        suite.info().license(),
        suite.info().source(),
        suite.digest(),
        suite.isCore(),
        suite.isSkill(),
        own.list(suite.id()).stream().map(OwnSuites.Version::version).toList());
  }

  private Call.Page<SuiteItem> items(Call call) {
    Suite suite = shown.suite(call.ctx());
    Query query = Query.of(call.ctx(), "", "tier", "topic", "q");
    List<Item> found =
        suite.items().stream().filter(item -> SuitePages.matches(item, query)).toList();
    return call.page(
        found.size(),
        (from, size) ->
            found.subList(from, Math.min(from + size, found.size())).stream()
                .map(
                    item ->
                        new SuiteItem(item.id(), item.tier().label(), item.topic(), item.text()))
                .toList());
  }

  private OwnSuiteForm form(Call call) {
    NewSuite asked = call.body(NewSuite.class);
    OwnHead head =
        new OwnHead(
            asked.id(),
            asked.version().orElse(""),
            asked.title().strip(),
            asked.capability().orElse(""),
            OwnKind.of(asked.kind()).orElseThrow(),
            points(asked.margin().orElse(5.0)),
            asked.skill().orElse(false),
            asked.description().orElse(""),
            asked.language().orElse(""),
            asked.license().orElse(""),
            asked.source().orElse(""),
            asked.answerPrefix().orElse(""),
            asked.marginForm().orElse(""));
    return making.versioned(new OwnSuiteForm(head, asked.items(), "items", ""));
  }

  private static String points(double margin) {
    return BigDecimal.valueOf(margin).stripTrailingZeros().toPlainString();
  }

  private SuiteTold add(Call call) {
    SuiteDraft draft = making.draft(form(call));
    Suite suite =
        draft
            .suite()
            .orElseThrow(
                () ->
                    WebException.faulty(
                        draft.faults().get(0).field(),
                        draft.faults().stream().map(SuiteException::getMessage).toList()));
    try {
      making.put(suite);
    } catch (OwnSuiteException refused) {
      throw new WebException(409, refused.getMessage(), refused);
    }
    call.ctx().header("Location", ApiRoutes.BASE + "/suites/" + suite.id());
    return told(suite);
  }

  private SuiteChecked check(Call call) {
    SuiteDraft draft = making.draft(form(call));
    return new SuiteChecked(
        draft.size(),
        draft.faults().stream().map(SuiteFault::of).toList(),
        draft.suite().map(making::problem).orElse(""));
  }
}
