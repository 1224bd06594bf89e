package dev.palimpsest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows of docs/ARCHITECTURE.md. */
@AnalyzeClasses(packages = "dev.palimpsest", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("checkpoint")
          .definedBy("dev.palimpsest.checkpoint..")
          .layer("decoder")
          .definedBy("dev.palimpsest.decoder..")
          .layer("probe")
          .definedBy("dev.palimpsest.probe..")
          .layer("stats")
          .definedBy("dev.palimpsest.stats..")
          .layer("audit")
          .definedBy("dev.palimpsest.audit..")
          .layer("report")
          .definedBy("dev.palimpsest.report..")
          .layer("account")
          .definedBy("dev.palimpsest.account..")
          .layer("storage")
          .definedBy("dev.palimpsest.storage..")
          .layer("web")
          .definedBy("dev.palimpsest.web..")
          .layer("cli")
          .definedBy("dev.palimpsest.cli..")
          .whereLayer("checkpoint")
          .mayOnlyBeAccessedByLayers("decoder", "audit", "report", "web", "cli")
          .whereLayer("decoder")
          .mayOnlyBeAccessedByLayers("audit", "web", "cli")
          .whereLayer("probe")
          .mayOnlyBeAccessedByLayers("audit", "report", "web", "cli")
          .whereLayer("stats")
          .mayOnlyBeAccessedByLayers("audit", "report", "web", "cli")
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("report", "web", "cli")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("web", "cli")
          .whereLayer("storage")
          .mayOnlyBeAccessedByLayers("checkpoint", "audit", "report", "account", "web", "cli")
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.palimpsest.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule roomsOfCheckpointHaveNoCycles = roomsHaveNoCycles("checkpoint");

  @ArchTest static final ArchRule roomsOfTheDecoderHaveNoCycles = roomsHaveNoCycles("decoder");

  @ArchTest static final ArchRule roomsOfWebHaveNoCycles = roomsHaveNoCycles("web");

  /** The package itself counts as one of its rooms: it is what the others stand on. */
  private static ArchRule roomsHaveNoCycles(String name) {
    return slices()
        .matching("dev.palimpsest.(**)")
        .that(
            DescribedPredicate.describe(
                "are in " + name, slice -> slice.getNamePart(1).startsWith(name)))
        .should()
        .beFreeOfCycles();
  }

  @ArchTest
  static final ArchRule onlyTheCommandLineAndChildProcessesWriteToTheStandardStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.palimpsest.cli..",
              "dev.palimpsest.decoder.worker..",
              "dev.palimpsest.decoder.inspection..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
