package dev.palimpsest.cli;

import dev.palimpsest.Json;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.comparison.ArmAddress;
import dev.palimpsest.audit.comparison.Comparison;
import dev.palimpsest.audit.comparison.Side;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.StoredAudits;
import dev.palimpsest.storage.Database;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code palimpsest compare}: two checkpoints of one audit or two on the same items. */
@Command(
    name = "compare",
    description = {
      "Compares two checkpoints item by item, whichever audits asked them: the right one beside the"
          + " left one, each against its own base, and what else differs.",
      "Where the bases differ, full and quantised say, it tells what tuning changed, what the other"
          + " base did, and what only both together did."
    },
    footer = {
      "",
      "Exits with 0 whatever it finds: gates are an audit's. The fields of --json are in"
          + " docs/REPORT.md."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "LEFT",
      description =
          "AUDIT or AUDIT:ARM: an audit's id as in report.json, and a checkpoint's name where it has"
              + " several; the base's name stands for the base.")
  private String left;

  @Parameters(index = "1", paramLabel = "RIGHT", description = "The same, of what is compared.")
  private String right;

  @Option(
      names = "--left-base",
      defaultValue = "",
      paramLabel = "ARM",
      description = "The arm of the left audit to see LEFT against (default: its base).")
  private String leftBase;

  @Option(
      names = "--right-base",
      defaultValue = "",
      paramLabel = "ARM",
      description = "The arm of the right audit to see RIGHT against (default: its base).")
  private String rightBase;

  @Mixin private InstalledData installed;

  @Option(names = "--json", description = "Prints all of it as one JSON object.")
  private boolean json;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    try (Database database = installed.open()) {
      StoredAudits audits = new StoredAudits(database);
      print(
          Comparison.of(
              side(audits, ArmAddress.of(left, leftBase)),
              side(audits, ArmAddress.of(right, rightBase)),
              audits::scores));
    }
    return ExitCode.PASS;
  }

  private Side side(StoredAudits audits, ArmAddress address) {
    try {
      Audit audit =
          audits
              .find(address.audit())
              .orElseThrow(
                  () ->
                      new AuditException(
                          "There is no audit "
                              + address.audit()
                              + " in this folder; report.json and the address of its page name an"
                              + " audit's id."));
      return address.in(audit, found -> audits.facts(found.id()));
    } catch (AuditException unknown) {
      throw new ParameterException(spec.commandLine(), unknown.getMessage(), unknown);
    }
  }

  private void print(Comparison comparison) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.mapper().valueToTree(comparison).toPrettyString());
    } else {
      new ComparisonTable(out).print(comparison);
    }
    out.flush();
  }
}
