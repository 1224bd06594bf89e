package dev.palimpsest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.worker.inspection.InspectionLimits;
import dev.palimpsest.worker.inspection.InspectionProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a checkpoint is and what is unsafe or broken in it. */
@Command(
    name = "inspect",
    description = "Says what a checkpoint is and what is unsafe or broken in it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it can be used", "5:it is refused; the reasons are printed"})
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", description = "A model folder, a .gguf file, or an adapter.")
  private Path path;

  @Option(
      names = "--base",
      paramLabel = "PATH",
      description = "For an adapter: the base that it must fit.")
  private Path base;

  @Mixin private SignerOptions signers;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Inspection inspection =
        new InspectionProcess(InspectionLimits.standard(), signers.files())
            .inspect(path, Optional.ofNullable(base));
    if (base != null && inspection.kind() != CheckpointKind.ADAPTER) {
      throw new ParameterException(
          spec.commandLine(), "--base goes with an adapter, but PATH is a whole model.");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(out, inspection);
    } else {
      print(out, inspection);
    }
    out.flush();
    return inspection.isRefused() ? ExitCode.INTEGRITY : ExitCode.PASS;
  }

  private static void print(PrintWriter out, Inspection inspection) {
    out.printf("%s: %s%n", inspection.name(), describe(inspection));
    inspection
        .digest()
        .ifPresent(root -> out.printf("digest   sha256:%s%nrule     %s%n", root, Manifest.RULE));
    inspection
        .signature()
        .ifPresent(
            signature ->
                out.printf(
                    "signed   %s %s%n",
                    signature.trusted() ? "verified, by" : "by", signature.signer()));
    for (Finding finding : inspection.findings()) {
      String label = finding.severity().name().toLowerCase(Locale.ROOT);
      out.printf("%-8s %s: %s%n", label, finding.file(), finding.sentence());
    }
    out.println(inspection.isRefused() ? "refused" : "ok");
  }

  private static String describe(Inspection inspection) {
    List<String> parts = new ArrayList<>();
    parts.add(
        switch (inspection.kind()) {
          case HUGGING_FACE -> "Hugging Face folder";
          case GGUF -> "GGUF file";
          case ADAPTER -> inspection.name().endsWith(".gguf") ? "GGUF adapter" : "PEFT adapter";
        });
    if (!inspection.family().isEmpty()) {
      parts.add("family " + inspection.family());
    }
    if (inspection.parameters() > 0) {
      parts.add("%,d parameters".formatted(inspection.parameters()));
      parts.add(
          String.join("+", inspection.storedTypes().keySet().stream().map(Enum::name).toList()));
    }
    if (inspection.size() > 0) {
      parts.add("%,d bytes".formatted(inspection.size()));
    }
    return String.join(", ", parts);
  }

  private static void printJson(PrintWriter out, Inspection inspection) {
    try {
      ObjectNode json = Json.mapper().valueToTree(inspection);
      json.put("digestRule", Manifest.RULE);
      out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
