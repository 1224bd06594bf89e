package dev.palimpsest.cli;

import dev.palimpsest.web.WebApp;
import dev.palimpsest.web.WebSettings;
import dev.palimpsest.worker.WorkerLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts the app over an empty folder and opens its pages, so that Java meets the classes of a
 * start. The launcher has them archived while this runs.
 */
@Command(
    name = "warm-up",
    description = "Starts and stops the app once, for the launcher.",
    hidden = true)
final class WarmUpCommand implements Callable<Integer> {
  private static final List<String> PAGES =
      List.of("/audits", "/audits/new", "/suites", "/checkpoints");

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("palimpsest-warm-up");
    try (WebApp app =
        WebApp.start(new WebSettings(0, folder, List.of(), WorkerLoader.standard()))) {
      for (String page : PAGES) {
        open(URI.create(app.address() + page));
      }
    } finally {
      delete(folder);
    }
    return ExitCode.PASS;
  }

  private static void open(URI page) throws IOException {
    try (InputStream in = page.toURL().openStream()) {
      in.readAllBytes();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
