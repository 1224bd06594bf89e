package dev.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.Tier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code palimpsest suites}: the suites there are, or whether a suite of one's own is sound. */
@Command(
    name = "suites",
    description = "Lists the probe suites, or checks a suite folder of your own.",
    mixinStandardHelpOptions = true,
    subcommands = {CheckCommand.class, DrawCommand.class, GradeCommand.class})
final class SuitesCommand implements Callable<Integer> {
  private static final String ROW = "%-14s %-8s %5s  %-22s %6s  %s%n";

  @Option(
      names = "--check",
      paramLabel = "DIR",
      description = "Reads the suite in DIR and says what is wrong with it (docs/SUITES.md).")
  private Path folder;

  @Option(
      names = "--json",
      description =
          "Prints a JSON list of {\"id\", \"version\", \"digest\", \"capability\", \"items\", \"pool\","
              + " \"clusters\", \"metric\", \"chance\", \"margin\", \"tiers\"} instead of a table.")
  private boolean json;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    Collection<Suite> suites =
        folder == null ? SuiteLibrary.bundled().suites() : List.of(SuiteLibrary.load(folder));
    if (json) {
      ArrayNode list = Json.mapper().createArrayNode();
      suites.forEach(suite -> list.add(object(suite)));
      out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(list));
    } else {
      out.printf(ROW, "SUITE", "VERSION", "ITEMS", "EASY / MEDIUM / HARD", "MARGIN", "DIGEST");
      suites.forEach(suite -> print(out, suite));
    }
    return ExitCode.PASS;
  }

  private static ObjectNode object(Suite suite) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("id", suite.id()).put("version", suite.version()).put("digest", suite.digest());
    node.put("capability", suite.capability());
    int pool = suite.items().size();
    node.put("items", Math.min(pool, suite.draw().standard())).put("pool", pool);
    node.put("clusters", suite.clusters());
    node.put("metric", suite.metric().label());
    node.set("chance", Json.mapper().valueToTree(suite.info().chance()));
    node.set(
        "margin", suite.isGated() ? DoubleNode.valueOf(suite.defaultMargin()) : NullNode.instance);
    ObjectNode tiers = node.putObject("tiers");
    for (Tier tier : Tier.values()) {
      tiers.put(tier.label(), count(suite, tier));
    }
    return node;
  }

  private static void print(PrintWriter out, Suite suite) {
    out.printf(
        Locale.ROOT,
        ROW,
        suite.id(),
        suite.version(),
        suite.items().size(),
        count(suite, Tier.EASY)
            + " / "
            + count(suite, Tier.MEDIUM)
            + " / "
            + count(suite, Tier.HARD),
        suite.isGated() ? String.format(Locale.ROOT, "%.3f", suite.defaultMargin()) : "none",
        suite.digest().substring(0, 12));
  }

  private static long count(Suite suite, Tier tier) {
    return suite.items().stream().map(Item::tier).filter(tier::equals).count();
  }
}
