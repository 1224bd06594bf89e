package dev.palimpsest.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Optional;

/**
 * The provider that people may sign in by.
 *
 * @param issuer its address, exactly as it calls itself
 * @param client the identifier that this installation has there
 * @param secret the secret that belongs to it
 * @param name what the button says
 * @param roles how its groups become roles here, if they do
 * @param invitedOnly whether somebody who is no user here yet is refused
 */
public record ProviderSettings(
    URI issuer,
    String client,
    String secret,
    String name,
    Optional<RoleClaim> roles,
    boolean invitedOnly) {
  public ProviderSettings {
    Objects.requireNonNull(roles, "roles is null");
    requireSafe("The issuer", issuer);
    if (client.isBlank() || secret.isBlank() || name.isBlank()) {
      throw new ProviderException(
          "To sign in by a provider takes its client identifier, the secret and a name for the"
              + " button; one of them is empty.");
    }
  }

  /** Reads an address that somebody typed. */
  public static URI address(String typed) {
    try {
      return new URI(typed.strip());
    } catch (URISyntaxException broken) {
      throw new ProviderException(
          "The issuer is no address; give it as the provider writes it, https://id.example.org say.",
          broken);
    }
  }

  /** Secrets and people go there: encrypted, or not beyond this machine. */
  static void requireSafe(String what, URI address) {
    boolean https = "https".equals(address.getScheme()) && address.getHost() != null;
    boolean here = "http".equals(address.getScheme()) && isThisMachine(address.getHost());
    if (!https && !here) {
      throw new ProviderException(
          what
              + " of the provider is not reached by https, as it has to be beyond this machine;"
              + " check its address.");
    }
  }

  /** Only what is written as an address of this machine, or localhost; no name is looked up. */
  private static boolean isThisMachine(String host) {
    return host != null && host.matches("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");
  }
}
