package dev.palimpsest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Holds the arrows of docs/ARCHITECTURE.md. */
@AnalyzeClasses(packages = "dev.palimpsest", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("stats")
          .definedBy("dev.palimpsest.stats..")
          .layer("jinja")
          .definedBy("dev.palimpsest.jinja..")
          .layer("checkpoint")
          .definedBy("dev.palimpsest.checkpoint..")
          .layer("inference")
          .definedBy("dev.palimpsest.inference..")
          .layer("prompt")
          .definedBy("dev.palimpsest.prompt..")
          .layer("decoder")
          .definedBy("dev.palimpsest.decoder..")
          .layer("worker")
          .definedBy("dev.palimpsest.worker..")
          .layer("endpoint")
          .definedBy("dev.palimpsest.endpoint..")
          .layer("suite")
          .definedBy("dev.palimpsest.suite..")
          .layer("retrieval")
          .definedBy("dev.palimpsest.retrieval..")
          .layer("lmeval")
          .definedBy("dev.palimpsest.lmeval..")
          .layer("training")
          .definedBy("dev.palimpsest.training..")
          .layer("preflight")
          .definedBy("dev.palimpsest.preflight..")
          .layer("storage")
          .definedBy("dev.palimpsest.storage..")
          .layer("ledger")
          .definedBy("dev.palimpsest.ledger..")
          .layer("evidence")
          .definedBy("dev.palimpsest.evidence..")
          .layer("backup")
          .definedBy("dev.palimpsest.backup..")
          .layer("registry")
          .definedBy("dev.palimpsest.registry..")
          .layer("account")
          .definedBy("dev.palimpsest.account..")
          .layer("decision")
          .definedBy("dev.palimpsest.decision..")
          .layer("notice")
          .definedBy("dev.palimpsest.notice..")
          .layer("audit")
          .definedBy("dev.palimpsest.audit..")
          .layer("report")
          .definedBy("dev.palimpsest.report..")
          .layer("oidc")
          .definedBy("dev.palimpsest.oidc..")
          .layer("web")
          .definedBy("dev.palimpsest.web..")
          .layer("cli")
          .definedBy("dev.palimpsest.cli..")
          .whereLayer("stats")
          .mayOnlyBeAccessedByLayers("preflight", "audit", "report", "web", "cli")
          .whereLayer("jinja")
          .mayOnlyBeAccessedByLayers("prompt", "worker", "lmeval", "cli")
          .whereLayer("checkpoint")
          .mayOnlyBeAccessedByLayers(
              "inference",
              "prompt",
              "decoder",
              "worker",
              "registry",
              "audit",
              "report",
              "evidence",
              "web",
              "cli")
          .whereLayer("inference")
          .mayOnlyBeAccessedByLayers(
              "prompt",
              "decoder",
              "worker",
              "endpoint",
              "training",
              "preflight",
              "audit",
              "lmeval",
              "web",
              "cli")
          .whereLayer("prompt")
          .mayOnlyBeAccessedByLayers("decoder", "worker", "cli")
          .whereLayer("decoder")
          .mayOnlyBeAccessedByLayers("worker", "cli")
          .whereLayer("endpoint")
          .mayOnlyBeAccessedByLayers("web", "cli")
          .whereLayer("worker")
          .mayOnlyBeAccessedByLayers("registry", "web", "cli")
          .whereLayer("suite")
          .mayOnlyBeAccessedByLayers(
              "audit", "report", "lmeval", "training", "preflight", "web", "cli")
          .whereLayer("retrieval")
          .mayOnlyBeAccessedByLayers("suite", "audit", "web", "cli")
          .whereLayer("lmeval")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("training")
          .mayOnlyBeAccessedByLayers("preflight", "audit", "web", "cli")
          .whereLayer("preflight")
          .mayOnlyBeAccessedByLayers("web", "cli")
          .whereLayer("storage")
          .mayOnlyBeAccessedByLayers(
              "registry",
              "suite",
              "preflight",
              "audit",
              "report",
              "account",
              "decision",
              "notice",
              "ledger",
              "evidence",
              "backup",
              "web",
              "cli")
          .whereLayer("ledger")
          .mayOnlyBeAccessedByLayers(
              "registry", "audit", "account", "decision", "evidence", "backup", "web", "cli")
          .whereLayer("evidence")
          .mayOnlyBeAccessedByLayers("backup", "web", "cli")
          .whereLayer("backup")
          .mayOnlyBeAccessedByLayers("web", "cli")
          .whereLayer("registry")
          .mayOnlyBeAccessedByLayers("audit", "evidence", "web", "cli")
          .whereLayer("account")
          .mayOnlyBeAccessedByLayers("decision", "evidence", "oidc", "web", "cli")
          .whereLayer("oidc")
          .mayOnlyBeAccessedByLayers("web", "cli")
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("report", "decision", "evidence", "web", "cli")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("decision", "evidence", "web", "cli")
          .whereLayer("decision")
          .mayOnlyBeAccessedByLayers("notice", "evidence", "web", "cli")
          .whereLayer("notice")
          .mayOnlyBeAccessedByLayers("web", "cli")
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.palimpsest.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theTemplateLanguageStandsOnNothingElse =
      classes()
          .that()
          .resideInAPackage("dev.palimpsest.jinja..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.palimpsest", "dev.palimpsest.jinja..", "java..");

  /**
   * Who decides stands on stored rows and the ledger only; that the web and commands alone use it,
   * see above.
   */
  @ArchTest
  static final ArchRule accountsStandOnStorageOnly =
      classes()
          .that()
          .resideInAPackage("dev.palimpsest.account..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.palimpsest",
              "dev.palimpsest.account..",
              "dev.palimpsest.ledger..",
              "dev.palimpsest.storage..",
              "org.jdbi..",
              "com.password4j..",
              "javax.crypto..",
              "java..");

  /** Passages are found by their words and nothing else; one library knows how. */
  @ArchTest
  static final ArchRule retrievalKnowsTextsOnly =
      classes()
          .that()
          .resideInAPackage("dev.palimpsest.retrieval..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.palimpsest", "dev.palimpsest.retrieval..", "org.apache.lucene..", "java..");

  @ArchTest static final ArchRule roomsOfCheckpointHaveNoCycles = roomsHaveNoCycles("checkpoint");

  @ArchTest static final ArchRule roomsOfTheDecoderHaveNoCycles = roomsHaveNoCycles("decoder");

  @ArchTest static final ArchRule roomsOfTheWorkerHaveNoCycles = roomsHaveNoCycles("worker");

  @ArchTest static final ArchRule roomsOfAuditHaveNoCycles = roomsHaveNoCycles("audit");

  @ArchTest static final ArchRule roomsOfReportHaveNoCycles = roomsHaveNoCycles("report");

  @ArchTest static final ArchRule roomsOfEvidenceHaveNoCycles = roomsHaveNoCycles("evidence");

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

  /** A crash of native code, or a file made to cause one, must cost a child process only. */
  @ArchTest
  static final ArchRule theProcessOfTheWebAppRunsNoNativeCode =
      noClasses()
          .that(
              DescribedPredicate.describe(
                  "run in the process of the web app", ArchitectureTest::runsInTheWebApp))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.palimpsest.decoder..",
              "dev.palimpsest.prompt..",
              "dev.palimpsest.jinja..",
              "ai.djl..");

  /** Of the worker's room, what is named here runs in the child. */
  private static boolean runsInTheWebApp(JavaClass type) {
    String room = type.getPackageName();
    boolean app =
        Stream.of(
                "web",
                "audit",
                "report",
                "account",
                "oidc",
                "decision",
                "notice",
                "backup",
                "evidence",
                "ledger",
                "registry",
                "storage",
                "suite",
                "stats")
            .anyMatch(name -> (room + ".").startsWith("dev.palimpsest." + name + "."));
    boolean parent =
        room.startsWith("dev.palimpsest.worker")
            && Stream.of(
                    "WorkerMain",
                    "EncoderMain",
                    "EncoderRunner",
                    "InspectionMain",
                    "FullInspection",
                    "TextTrial")
                .noneMatch(child -> type.getName().matches(".*\\." + child + "(\\$.*)?"));
    return app || parent;
  }

  @ArchTest
  static final ArchRule onlyTheCommandLineAndChildProcessesWriteToTheStandardStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.palimpsest.cli..", "dev.palimpsest.worker..")
          .and()
          .doNotHaveFullyQualifiedName("dev.palimpsest.Ending") // which flushes them at the end
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
