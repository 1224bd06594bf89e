package dev.palimpsest.web;

import dev.palimpsest.audit.plan.ArmArgument;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyGate;
import dev.palimpsest.inference.DType;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was chosen for a new audit so far. Reading it never fails, so that the page can show a
 * choice that is not complete; {@link #policy} does.
 *
 * @param name title, "" for one made of the names
 * @param base id of the base, "" if none was chosen
 * @param tuned ids of the tuned checkpoints
 * @param suites ids; the core ones on the first visit
 * @param depth "certify", "quick", "standard" or "full"
 * @param dtype "float32" or "bfloat16"
 * @param margins in points as typed, by suite id
 * @param arguments of the chat templates as typed, one a line
 * @param budget minutes as typed that gates which are decided early may take, "" for no end
 * @param items how many items of a suite are run at least, by its id; the depth says it of the
 *     others
 * @param policyDigest of the registered policy that it is judged by, "" for the margins
 * @param ways in which the base is asked beside the tune
 */
public record NewAuditForm(
    String name,
    String base,
    List<String> tuned,
    List<String> suites,
    String depth,
    String dtype,
    Map<String, String> margins,
    String arguments,
    String budget,
    Map<String, Integer> items,
    String policyDigest,
    NewAuditWays ways) {
  private static final long SEED = 20_260_101;
  private static final int MOST_ITEMS = 999_999;

  static NewAuditForm of(Context ctx, SuiteLibrary library) {
    boolean post = ctx.req().getMethod().equals("POST");
    Map<String, List<String>> values = post ? ctx.formParamMap() : ctx.queryParamMap();
    List<Suite> gated = library.suites().stream().filter(Suite::isGated).toList();
    // A browser does not send boxes that are not ticked; "chosen" tells a first visit from none.
    boolean visited = values.containsKey("chosen");
    List<String> ticked = values.getOrDefault("suite", List.of());
    List<String> suites =
        gated.stream()
            .filter(suite -> visited ? ticked.contains(suite.id()) : suite.isCore())
            .map(Suite::id)
            .toList();
    Map<String, String> margins = new LinkedHashMap<>();
    Map<String, Integer> items = new LinkedHashMap<>();
    for (Suite suite : gated) {
      String count = first(values, "items-" + suite.id());
      if (suites.contains(suite.id()) && count.matches("[0-9]{1,6}")) {
        items.put(suite.id(), Integer.parseInt(count));
      }
      String typed = first(values, "margin-" + suite.id());
      margins.put(
          suite.id(), typed.isBlank() ? new Show().margin(suite.defaultMargin()) : typed.strip());
    }
    return new NewAuditForm(
        first(values, "name").strip(),
        first(values, "base"),
        values.getOrDefault("tuned", List.of()).stream().distinct().toList(),
        suites,
        depth(first(values, "depth")),
        first(values, "dtype").equals("bfloat16") ? "bfloat16" : "float32",
        margins,
        first(values, "arguments").strip(),
        first(values, "budget").strip(),
        items,
        first(values, "policy"),
        new NewAuditWays(
            first(values, "examples").strip(),
            first(values, "train").strip(),
            first(values, "systemPrompt").strip(),
            first(values, "context").strip()));
  }

  /** Returns what a program chose; what it leaves out is as on a first visit of the page. */
  static NewAuditForm of(ApiAudits.NewAudit asked, SuiteLibrary library) {
    Map<String, String> margins = new LinkedHashMap<>();
    List<Suite> gated = library.suites().stream().filter(Suite::isGated).toList();
    gated.forEach(suite -> margins.put(suite.id(), new Show().margin(suite.defaultMargin())));
    asked
        .margins()
        .orElse(Map.of())
        .forEach((id, points) -> margins.put(library.suite(id).id(), plain(points)));
    return new NewAuditForm(
        asked.name().orElse(""),
        asked.base(),
        asked.tuned().stream().distinct().toList(),
        asked
            .suites()
            .orElseGet(() -> gated.stream().filter(Suite::isCore).map(Suite::id).toList()),
        depth(asked.depth().orElse("")),
        asked.dtype().orElse("float32"),
        margins,
        String.join("\n", asked.arguments().orElse(List.of())),
        asked.budgetMinutes().map(String::valueOf).orElse(""),
        items(asked.items().orElse(Map.of()), library),
        asked.policy().orElse(""),
        new NewAuditWays(
            asked.examples().orElse("").strip(),
            asked.train().orElse("").strip(),
            asked.systemPrompt().orElse("").strip(),
            asked.context().orElse("").strip()));
  }

  private static Map<String, Integer> items(Map<String, Integer> asked, SuiteLibrary library) {
    asked.forEach(
        (id, count) -> {
          if (count < 1 || count > MOST_ITEMS) {
            throw WebException.badField(
                "items." + library.suite(id).id(),
                "The items of " + id + " are " + count + "; ask for 1 to " + MOST_ITEMS + ".");
          }
        });
    return asked;
  }

  private static String plain(double points) {
    return BigDecimal.valueOf(points).stripTrailingZeros().toPlainString();
  }

  /** Returns the same with another base. */
  NewAuditForm withBase(String id) {
    return new NewAuditForm(
        name,
        id,
        tuned,
        suites,
        depth,
        dtype,
        margins,
        arguments,
        budget,
        items,
        policyDigest,
        ways);
  }

  /** Returns the same with other tuned checkpoints. */
  NewAuditForm withTuned(List<String> ids) {
    return new NewAuditForm(
        name,
        base,
        ids,
        suites,
        depth,
        dtype,
        margins,
        arguments,
        budget,
        items,
        policyDigest,
        ways);
  }

  /** Returns the same with other numbers of items. */
  NewAuditForm withItems(Map<String, Integer> counts) {
    return new NewAuditForm(
        name,
        base,
        tuned,
        suites,
        depth,
        dtype,
        margins,
        arguments,
        budget,
        counts,
        policyDigest,
        ways);
  }

  /** Returns the arguments of the chat templates; fails at a line that is none. */
  List<ArmArgument> plannedArguments() {
    return arguments.lines().filter(line -> !line.isBlank()).map(ArmArgument::parse).toList();
  }

  private static String depth(String chosen) {
    return List.of("quick", "standard", "full").contains(chosen) ? chosen : "certify";
  }

  /** Returns how much of each suite is run. */
  Depth plannedDepth() {
    return Depth.of(depth);
  }

  /** Returns how many minutes the audit may take; fails at what is no number of minutes. */
  Optional<Integer> plannedBudget() {
    if (budget.isEmpty() || !plannedDepth().decidesEarly()) {
      return Optional.empty();
    }
    if (!budget.matches("[1-9]\\d{0,5}")) {
      throw WebException.badRequest(
          "The time is not a whole number of minutes, like 30; leave it empty for no end.");
    }
    return Optional.of(Integer.valueOf(budget));
  }

  /** Returns the type of the forward passes. */
  DType plannedType() {
    return DType.of(dtype);
  }

  /** Returns the seed of item sampling and order, the same for everyone so that audits compare. */
  long seed() {
    return SEED;
  }

  /**
   * Returns gates for the chosen suites whose margin is not their own; fails at a margin that is
   * none.
   */
  Policy policy(SuiteLibrary library) {
    List<PolicyGate> gates = new ArrayList<>();
    for (String id : suites) {
      Suite suite = library.suite(id);
      double margin = margin(suite);
      if (margin != suite.defaultMargin()) {
        gates.add(new PolicyGate(id, margin));
      }
    }
    return new Policy(1, Policy.standard().alpha(), gates);
  }

  /** Returns a suite's margin as a share. */
  double margin(Suite suite) {
    String typed = margins.getOrDefault(suite.id(), "");
    double points = typed.matches("\\d{1,2}([.,]\\d{1,2})?") ? parse(typed) : 0;
    if (points <= 0) {
      throw WebException.badRequest(
          "The margin of %s is not a number of points above 0 and below 100, like 5."
              .formatted(suite.title()));
    }
    return points / 100;
  }

  private static double parse(String typed) {
    return Double.parseDouble(typed.replace(',', '.'));
  }

  private static String first(Map<String, List<String>> values, String name) {
    List<String> found = values.getOrDefault(name, List.of());
    return found.isEmpty() ? "" : found.get(0);
  }
}
