package dev.palimpsest.web;

import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.comparison.ArmAddress;
import dev.palimpsest.audit.comparison.Comparison;
import dev.palimpsest.audit.comparison.Side;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.AuditLine;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any two checkpoints beside each other, whichever audits asked them. */
final class ComparePages {
  /** Newest audits that can be picked from a list; older ones by their address. */
  private static final int OFFERED = 100;

  private static final String PATH = "/compare";
  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final String LEFT_BASE = "leftBase";
  private static final String RIGHT_BASE = "rightBase";

  private final Audits audits;
  private final Reports reports;
  private final SuiteLibrary library;
  private final Views views;

  ComparePages(Audits audits, Reports reports, SuiteLibrary library, Views views) {
    this.audits = audits;
    this.reports = reports;
    this.library = library;
    this.views = views;
  }

  /** The checkpoints of one audit, to pick from. */
  public record Offer(String audit, List<Choice> arms) {}

  /** A checkpoint to pick. */
  public record Choice(String value, String label) {}

  void routes(RoutesConfig routes) {
    routes.get(PATH, this::show, Role.VIEWER);
  }

  private void show(Context ctx) {
    Query query = Query.of(ctx, PATH, LEFT, RIGHT, LEFT_BASE, RIGHT_BASE);
    Optional<Side> left = side(query.get(LEFT), query.get(LEFT_BASE));
    Optional<Side> right = side(query.get(RIGHT), query.get(RIGHT_BASE));
    Map<String, Object> model = new HashMap<>();
    model.put("offers", offers(left, right));
    model.put(LEFT, left.map(ComparePages::value).orElse(""));
    model.put(RIGHT, right.map(ComparePages::value).orElse(""));
    model.put("leftArms", left.map(ComparePages::bases).orElse(List.of()));
    model.put("rightArms", right.map(ComparePages::bases).orElse(List.of()));
    model.put(LEFT_BASE, left.map(one -> one.base().name()).orElse(""));
    model.put(RIGHT_BASE, right.map(one -> one.base().name()).orElse(""));
    if (left.isPresent() && right.isPresent()) {
      Comparison comparison = compare(left.get(), right.get());
      model.put(
          "view", CompareView.of(comparison, left.get(), right.get(), library, swapped(query)));
    }
    views.page(ctx, "compare", model);
  }

  Comparison compare(Side left, Side right) {
    return Comparison.of(left, right, audits::scores);
  }

  private static String swapped(Query query) {
    return query
        .with(LEFT, query.get(RIGHT))
        .with(RIGHT, query.get(LEFT))
        .with(LEFT_BASE, query.get(RIGHT_BASE))
        .with(RIGHT_BASE, query.get(LEFT_BASE))
        .url();
  }

  /** A base that is not an arm of the audit was chosen for another one, and is left out. */
  Optional<Side> side(String address, String base) {
    if (address.isEmpty()) {
      return Optional.empty();
    }
    ArmAddress named = ArmAddress.of(address, "");
    Audit audit = reports.audit(named.audit());
    boolean known = arms(audit).contains(base);
    try {
      return Optional.of(
          new ArmAddress(named.audit(), named.arm(), known ? base : "").in(audit, this::facts));
    } catch (AuditException unknown) {
      throw WebException.notFound(unknown.getMessage());
    }
  }

  /** The facts of a finished audit are in its report, which is kept. */
  private Map<String, String> facts(Audit audit) {
    return reports.of(audit.id()).data().provenance();
  }

  private static List<String> arms(Audit audit) {
    List<String> names = new ArrayList<>(List.of(audit.plan().base().name()));
    audit.plan().tuned().forEach(arm -> names.add(arm.name()));
    return names;
  }

  private static List<String> bases(Side side) {
    return arms(side.audit());
  }

  private static String value(Side side) {
    return side.audit().id() + ":" + side.arm().name();
  }

  private List<Offer> offers(Optional<Side> left, Optional<Side> right) {
    List<Offer> offers = new ArrayList<>();
    List<AuditLine> lines = audits.lines(0, OFFERED);
    for (Side side : List.of(left, right).stream().flatMap(Optional::stream).toList()) {
      String id = side.audit().id();
      boolean listed =
          lines.stream().anyMatch(line -> line.id().equals(id))
              || offers.stream()
                  .anyMatch(offer -> offer.arms().get(0).value().startsWith(id + ":"));
      if (!listed) {
        offers.add(offer(id, side.audit().plan().name(), arms(side.audit())));
      }
    }
    for (AuditLine line : lines) {
      List<String> names = new ArrayList<>(line.tuned());
      names.add(line.base());
      offers.add(offer(line.id(), line.title(), names));
    }
    return offers;
  }

  private static Offer offer(String id, String title, List<String> arms) {
    return new Offer(
        title + " (" + id + ")",
        arms.stream().map(arm -> new Choice(id + ":" + arm, arm)).toList());
  }
}
