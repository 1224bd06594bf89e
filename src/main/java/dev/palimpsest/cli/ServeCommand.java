package dev.palimpsest.cli;

import dev.palimpsest.Ending;
import dev.palimpsest.storage.DatabaseServer;
import dev.palimpsest.web.WebApp;
import dev.palimpsest.web.WebSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the web app until the process is told to end. */
@Command(
    name = "serve",
    description = "Serves the web app on this machine and goes on with audits under way.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "7070",
      description = "Port on 127.0.0.1 (${DEFAULT-VALUE}; 0 for any that is free).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where everything is kept (default: $PALIMPSEST_HOME, else .palimpsest in your home).")
  private Path data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "A PostgreSQL 15 database to use instead of a file in the data folder, as"
              + " jdbc:postgresql://HOST:PORT/NAME; its user and password are taken from"
              + " $PALIMPSEST_DATABASE_USER and $PALIMPSEST_DATABASE_PASSWORD only.")
  private String database;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Folder from which checkpoints may be registered; may be given again.")
  private List<Path> roots = List.of();

  @Mixin private InferenceOptions inference;

  @Override
  public Integer call() throws InterruptedException {
    WebSettings settings =
        new WebSettings(
            port,
            data == null ? DataFolder.standard() : data,
            roots,
            inference.loader(),
            Optional.ofNullable(database).map(ServeCommand::server),
            InstalledData.givenKey());
    WebApp app = WebApp.start(settings);
    Ending.before(app::close);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Palimpsest is at " + app.address());
    out.println(
        "Data in "
            + settings.dataDir().toAbsolutePath()
            + settings.database().map(server -> " and " + server).orElse("")
            + "; Ctrl-C stops it.");
    out.flush();
    new CountDownLatch(1).await();
    return ExitCode.PASS;
  }

  /** Not from the command line, which every user of the machine can read. */
  private static DatabaseServer server(String url) {
    return new DatabaseServer(
        url, variable("PALIMPSEST_DATABASE_USER"), variable("PALIMPSEST_DATABASE_PASSWORD"));
  }

  private static String variable(String name) {
    return Objects.requireNonNullElse(System.getenv(name), "");
  }
}
