package dev.palimpsest.web;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Scoring;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.own.OwnSuites;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The suites, one of them with its items, and one item with how it is scored. */
final class SuitePages {
  /**
   * A suite as pages show it.
   *
   * @param skill whether the tune was made for it
   * @param versions of a suite made here, the newest first; [] for one that comes with Palimpsest
   */
  public record View(
      String id,
      String title,
      String description,
      String capability,
      int items,
      String metric,
      double margin,
      String chance,
      String version,
      String origin,
      String digest,
      boolean skill,
      List<String> versions) {
    /** Tells whether it was made here. */
    public boolean isOwn() {
      return !versions.isEmpty();
    }

    /** Tells whether it is the newest version. */
    public boolean isNewest() {
      return versions.isEmpty() || versions.get(0).equals(version);
    }

    /** Returns what addresses of this version end with, "" for the newest. */
    public String query() {
      return isNewest() ? "" : "?version=" + version;
    }
  }

  private final SuiteLibrary library;
  private final OwnSuites own;
  private final Views views;

  SuitePages(SuiteLibrary library, OwnSuites own, Views views) {
    this.library = library;
    this.own = own;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/suites", this::list, Role.VIEWER);
    routes.get("/suites/{id}", this::show, Role.VIEWER);
    routes.get("/suites/{id}/items/{item}", this::item, Role.VIEWER);
  }

  private void list(Context ctx) {
    views.page(ctx, "suites", Map.of("suites", library.suites().stream().map(this::view).toList()));
  }

  private void show(Context ctx) {
    Suite suite = suite(ctx);
    Query query = Query.of(ctx, "/suites/" + suite.id(), "version", "tier", "topic", "q", "page");
    List<Item> found = suite.items().stream().filter(item -> matches(item, query)).toList();
    Map<String, Object> model = new HashMap<>();
    model.put("suite", view(suite));
    model.put("page", Page.of(found, query));
    model.put("tabs", tabs(suite, query));
    model.put("topics", suite.items().stream().map(Item::topic).distinct().sorted().toList());
    for (String name : List.of("version", "tier", "topic", "q")) {
      model.put(name, query.get(name));
    }
    views.page(ctx, "suite", model);
  }

  private static List<Tab> tabs(Suite suite, Query query) {
    List<Tab> tabs = new ArrayList<>();
    tabs.add(tab("All", "", suite, query));
    for (Tier tier : Tier.values()) {
      String label = tier.label();
      tabs.add(
          tab(
              label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1),
              label,
              suite,
              query));
    }
    return tabs;
  }

  private static Tab tab(String label, String tier, Suite suite, Query query) {
    Query chosen = query.with("tier", tier).with("page", "");
    long count = suite.items().stream().filter(item -> matches(item, chosen)).count();
    return new Tab(label, (int) count, chosen.url(), query.get("tier").equals(tier));
  }

  static boolean matches(Item item, Query query) {
    String text = item.id() + "\n" + item.text() + "\n" + item.topic();
    return (query.get("tier").isEmpty() || item.tier().label().equals(query.get("tier")))
        && (query.get("topic").isEmpty() || item.topic().equals(query.get("topic")))
        && text.toLowerCase(Locale.ROOT).contains(query.get("q").toLowerCase(Locale.ROOT));
  }

  private void item(Context ctx) {
    Suite suite = suite(ctx);
    Item item =
        suite
            .item(ctx.pathParam("item"))
            .orElseThrow(() -> WebException.notFound("This suite has no such item."));
    Scoring scoring = item.scoring(suite);
    views.page(
        ctx,
        "suite-item",
        Map.of(
            "suite", view(suite),
            "item", item,
            "options", scoring.options(),
            "optionsTitle", scoring.title(),
            "scoring", scoring.sentence()));
  }

  Suite suite(Context ctx) {
    String id = ctx.pathParam("id");
    String version = Optional.ofNullable(ctx.queryParam("version")).orElse("");
    Optional<Suite> found =
        library
            .find(id)
            .filter(suite -> version.isEmpty() || suite.version().equals(version))
            .or(() -> own.find(id, version));
    return found.orElseThrow(() -> WebException.notFound("There is no such suite."));
  }

  private View view(Suite suite) {
    List<String> versions = own.list(suite.id()).stream().map(OwnSuites.Version::version).toList();
    return new View(
        suite.id(),
        suite.title(),
        suite.info().description(),
        CapabilityName.heading(suite.capability()),
        suite.items().size(),
        suite.metric().label().replace('_', ' '),
        suite.defaultMargin(),
        suite.chance().isPresent() ? new Show().percent(suite.chance().getAsDouble()) : "",
        suite.version(),
        suite.info().license() + ", " + suite.info().source(),
        suite.digest(),
        suite.isSkill(),
        versions);
  }
}
