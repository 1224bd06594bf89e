package dev.palimpsest.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A PostgreSQL database that several servers may share.
 *
 * @param url as JDBC names it, {@code jdbc:postgresql://host:port/database}, without a password
 * @param user whom to connect as; "" for the driver's own choice
 * @param password the user's; "" for none
 */
public record DatabaseServer(String url, String user, String password) {
  private static final String PREFIX = "jdbc:postgresql:";

  /** Options of the driver that would put into a process list what is nobody else's business. */
  private static final List<String> SECRET = List.of("password", "user", "sslpassword");

  public DatabaseServer {
    Objects.requireNonNull(user, "user is null");
    Objects.requireNonNull(password, "password is null");
    if (!url.startsWith(PREFIX)) {
      throw new StorageException(
          "The database must be given as jdbc:postgresql://HOST:PORT/NAME; of other servers than"
              + " PostgreSQL none is known.");
    }
    if (isSecret(url)) {
      throw new StorageException(
          "The address of the database must not name a user or a password, which others on this"
              + " machine could read; set PALIMPSEST_DATABASE_USER and PALIMPSEST_DATABASE_PASSWORD"
              + " instead.");
    }
  }

  /** Returns the address as the server's own tools take it, without a password. */
  public String forTools() {
    return "postgresql://" + (user.isEmpty() ? "" : user + "@") + place();
  }

  /** Returns the address without the driver's options. */
  public String place() {
    return url.substring(PREFIX.length()).replaceFirst("\\?.*", "").replaceFirst("^//", "");
  }

  /** Returns the user, or words for the one that the driver takes. */
  String userWords() {
    return user.isEmpty() ? "the user of this system" : "the user '" + user + "'";
  }

  @Override
  public String toString() {
    return PREFIX + "//" + place();
  }

  private static boolean isSecret(String url) {
    String address = url.replaceFirst("\\?.*", "");
    int options = url.indexOf('?');
    return address.contains("@")
        || (options >= 0
            && Arrays.stream(url.substring(options + 1).split("&"))
                .map(option -> option.replaceFirst("=.*", "").toLowerCase(Locale.ROOT))
                .anyMatch(SECRET::contains));
  }
}
