package dev.palimpsest.backup;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.storage.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server is asked to copy its database: a socket in the data folder, which nobody but the
 * folder's owner reaches. A request is the path of the copy in a line, the answer is {@code done}
 * or a sentence.
 */
public final class BackupSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackupSocket.class);
  private static final String NAME = "palimpsest.socket";
  private static final String DONE = "done";

  private final Path file;
  private final ServerSocketChannel socket;
  private final Database database;

  private BackupSocket(Path file, ServerSocketChannel socket, Database database) {
    this.file = file;
    this.socket = socket;
    this.database = database;
  }

  /** Listens beside a database's file; where that cannot be, backups need the server stopped. */
  public static Optional<BackupSocket> listen(Path dataDir, Database database) {
    Path file = dataDir.resolve(NAME);
    try {
      Files.deleteIfExists(file);
      ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      socket.bind(UnixDomainSocketAddress.of(file));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      BackupSocket listening = new BackupSocket(file, socket, database);
      Thread thread = new Thread(listening::serve, "backup-socket");
      thread.setDaemon(true);
      thread.start();
      return Optional.of(listening);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("backups need this server stopped: {} cannot be made ({})", file, e.getMessage());
      return Optional.empty();
    }
  }

  private void serve() {
    while (socket.isOpen()) {
      try (SocketChannel asking = socket.accept()) {
        answer(asking);
      } catch (IOException e) {
        LOG.debug("a request for a backup broke off", e);
      }
    }
  }

  private void answer(SocketChannel asking) throws IOException {
    String path = line(asking);
    String answer;
    try {
      database.copyTo(Path.of(path));
      answer = DONE;
      LOG.info("the database was copied for a backup");
    } catch (UserFacingException refused) {
      answer = refused.getMessage();
    }
    asking.write(ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private static String line(SocketChannel channel) throws IOException {
    BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    String line = reader.readLine();
    if (line == null) {
      throw new IOException("nothing was said");
    }
    return line;
  }

  /**
   * Asks the server of a data folder for a copy.
   *
   * @return whether there is a server; if not, nobody but this process may have the folder open
   * @throws BackupException if there is one and it cannot
   */
  static boolean ask(Path dataDir, Path zip) {
    Path file = dataDir.resolve(NAME);
    if (!Files.exists(file)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      try {
        channel.connect(UnixDomainSocketAddress.of(file));
      } catch (IOException leftBehind) {
        return false;
      }
      channel.write(ByteBuffer.wrap((zip + "\n").getBytes(StandardCharsets.UTF_8)));
      String answer = line(channel);
      if (!answer.equals(DONE)) {
        throw new BackupException(answer);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      throw new BackupException(
          "The server of " + dataDir + " did not answer; try again, or stop it first.", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    Files.deleteIfExists(file);
  }
}
