package dev.palimpsest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * The address of a server that a person typed. One that holds a name or a password is none: what is
 * typed stands in lists of processes and in logs.
 */
public final class ServerAddress {
  private ServerAddress() {}

  /**
   * Returns an address that has a host and no user information; empty for what is none.
   *
   * @param schemes that are taken, in lower case
   */
  public static Optional<URI> of(String typed, Set<String> schemes) {
    try {
      return Optional.of(new URI(typed))
          .filter(uri -> schemes.contains(String.valueOf(uri.getScheme())))
          .filter(uri -> uri.getHost() != null && uri.getUserInfo() == null);
    } catch (URISyntaxException noAddress) {
      return Optional.empty();
    }
  }
}
