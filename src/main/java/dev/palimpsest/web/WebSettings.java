package dev.palimpsest.web;

import dev.palimpsest.evidence.key.SigningKey;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.notice.Channel;
import dev.palimpsest.oidc.ProviderSettings;
import dev.palimpsest.storage.DatabaseServer;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Reach;
import dev.palimpsest.worker.inspection.SignerFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the server is started.
 *
 * @param port to listen on; 0 for any that is free
 * @param dataDir where the database and uploads live, if the database is not elsewhere
 * @param roots folders from which checkpoints may be registered
 * @param models what loads models for the audits
 * @param database where the database is instead, if it is not in the data folder
 * @param key that evidence is signed with instead of one in the data folder
 * @param signers whose signatures under checkpoints are known
 * @param reach from where the server is reached
 * @param notices the ways by which notices leave; none where nothing does
 * @param provider by which people sign in besides passwords, if by one
 */
public record WebSettings(
    int port,
    Path dataDir,
    List<Path> roots,
    ModelLoader models,
    Optional<DatabaseServer> database,
    Optional<SigningKey> key,
    SignerFiles signers,
    Reach reach,
    List<Channel> notices,
    Optional<ProviderSettings> provider) {
  public WebSettings {
    Objects.requireNonNull(reach, "reach is null");
    Objects.requireNonNull(signers, "signers is null");
    Objects.requireNonNull(provider, "provider is null");
    Objects.requireNonNull(models, "models is null");
    Objects.requireNonNull(dataDir, "dataDir is null");
    roots = List.copyOf(roots);
    notices = List.copyOf(notices);
    if (port < 0 || port > 65535) {
      throw WebException.badRequest("There is no port " + port + "; use one from 1 to 65535.");
    }
  }

  /**
   * Sends no notices, knows nobody who signs checkpoints, and lets people sign in by passwords
   * only.
   */
  public WebSettings(
      int port,
      Path dataDir,
      List<Path> roots,
      ModelLoader models,
      Optional<DatabaseServer> database,
      Optional<SigningKey> key,
      Reach reach) {
    this(
        port,
        dataDir,
        roots,
        models,
        database,
        key,
        SignerFiles.none(),
        reach,
        List.of(),
        Optional.empty());
  }

  /** Keeps everything in the data folder and serves this machine alone. */
  public WebSettings(int port, Path dataDir, List<Path> roots, ModelLoader models) {
    this(port, dataDir, roots, models, Optional.empty(), Optional.empty(), Reach.LOCAL);
  }
}
