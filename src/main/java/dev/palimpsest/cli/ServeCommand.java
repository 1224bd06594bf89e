package dev.palimpsest.cli;

import dev.palimpsest.Ending;
import dev.palimpsest.account.SetUp;
import dev.palimpsest.web.WebApp;
import dev.palimpsest.web.WebSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      description = "Port to listen on (${DEFAULT-VALUE}; 0 for any that is free).")
  private int port;

  @Mixin private InstallationOptions installation;

  @Mixin private ReachOptions reach;

  @Mixin private NoticeOptions notices;

  @Mixin private ProviderOptions provider;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Folder from which checkpoints may be registered; may be given again.")
  private List<Path> roots = List.of();

  @Mixin private SignerOptions signers;

  @Mixin private InferenceOptions inference;

  @Option(
      names = "--log",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "How the log is written to the error stream: lines for people, or a JSON object a line,"
              + " every request among them (${DEFAULT-VALUE}).")
  private String log;

  @Override
  public Integer call() throws InterruptedException {
    if (!log.equals("text") && !log.equals(JsonLogProvider.JSON)) {
      throw new ParameterException(
          spec.commandLine(), "--log is \"" + log + "\"; say text or json.");
    }
    WebSettings settings =
        new WebSettings(
            port,
            installation.folder(),
            roots,
            inference.loader(),
            installation.server(),
            InstalledData.givenKey(),
            signers.files(),
            reach.reach(),
            notices.channels(),
            provider.provider());
    WebApp app = WebApp.start(settings);
    Ending.before(app::close);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Palimpsest is at " + app.address());
    out.println(
        "Data in "
            + settings.dataDir().toAbsolutePath()
            + settings.database().map(server -> " and " + server).orElse("")
            + "; Ctrl-C stops it.");
    offerSetUp(app, out);
    out.flush();
    new CountDownLatch(1).await();
    return ExitCode.PASS;
  }

  private static void offerSetUp(WebApp app, PrintWriter out) {
    SetUp setUp = app.accounts().setUp();
    setUp
        .offer()
        .ifPresent(
            token -> {
              out.println(
                  "No accounts: whoever uses this machine may do everything. To let people sign in,"
                      + " open "
                      + app.address()
                      + "/setup and give this token, which is in "
                      + setUp.file()
                      + " too and lasts a day:");
              out.println("  " + token);
            });
  }
}
