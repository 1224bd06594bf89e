package dev.palimpsest.web;

import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.web.failure.WebException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How the server is started.
 *
 * @param port to listen on at 127.0.0.1; 0 for any that is free
 * @param dataDir where the database and uploads live
 * @param roots folders from which checkpoints may be registered
 * @param models what loads models for the audits
 */
public record WebSettings(int port, Path dataDir, List<Path> roots, ModelLoader models) {
  public WebSettings {
    Objects.requireNonNull(models, "models is null");
    Objects.requireNonNull(dataDir, "dataDir is null");
    roots = List.copyOf(roots);
    if (port < 0 || port > 65535) {
      throw WebException.badRequest("There is no port " + port + "; use one from 1 to 65535.");
    }
  }
}
