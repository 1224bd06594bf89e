package dev.palimpsest.audit.run;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.worker.WorkerLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * An application of its own that runs audits until it is killed; its arguments are the data folder,
 * the suites' folder and the seed of an audit to start, if any.
 */
final class AuditProcess {
  private AuditProcess() {}

  public static void main(String[] args) throws Exception {
    SuiteLibrary library = SuiteLibrary.of(Path.of(args[1]));
    Database database = Database.open(Path.of(args[0]));
    AuditService audits = AuditService.open(database, library, WorkerLoader.standard());
    if (args.length > 2) {
      long seed = Long.parseLong(args[2]);
      audits.start(TinyAudit.plan(library, "killed", seed, TinyAudit.ADAPTER));
    }
    Audit audit = audits.list().get(0);
    audits.follow(audit.id(), status -> System.err.println("done " + status.done()));
    new CountDownLatch(1).await();
  }

  static Process start(Path data, Path suites, String... seed) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(AuditProcess.class.getName());
    command.add(data.toString());
    command.add(suites.toString());
    command.addAll(List.of(seed));
    return new ProcessBuilder(command).start();
  }
}
