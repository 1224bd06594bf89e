package dev.palimpsest.web.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From where the server is reached.
 *
 * @param address it listens on
 * @param tls the key pair for HTTPS, if it speaks that itself
 * @param proxy the address of the proxy in front of it, the only one whose word on where a request
 *     came from is taken
 * @param names by which it is asked besides those of this machine and plain addresses, in lower
 *     case
 */
public record Reach(
    InetAddress address, Optional<TlsKeys> tls, Optional<InetAddress> proxy, List<String> names) {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127\\.0\\.0\\.1|\\[::1\\]");
  private static final Pattern PLAIN_ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  /** From this machine only, without HTTPS. */
  public static final Reach LOCAL =
      new Reach(InetAddress.getLoopbackAddress(), Optional.empty(), Optional.empty(), List.of());

  public Reach {
    Objects.requireNonNull(address, "address is null");
    Objects.requireNonNull(tls, "tls is null");
    Objects.requireNonNull(proxy, "proxy is null");
    names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /** Returns the address to open on this machine, or by the first name. */
  public String url(int port) {
    String scheme = tls.isPresent() ? "https://" : "http://";
    String plain =
        address.isAnyLocalAddress() || address.isLoopbackAddress()
            ? "127.0.0.1"
            : address.getHostAddress();
    return scheme + (names.isEmpty() ? plain : names.get(0)) + ":" + port;
  }

  /** Tells whether nothing but this machine reaches the server, not even by a proxy. */
  public boolean isLocal() {
    return address.isLoopbackAddress() && proxy.isEmpty();
  }

  /** Tells whether what comes from afar comes encrypted. */
  public boolean isSafe() {
    return isLocal() || tls.isPresent() || proxy.isPresent();
  }

  /**
   * Tells whether a Host header names this server. A page of another site that had a name resolve
   * to this address would send its own name; it cannot send a plain address.
   */
  boolean isNamedBy(String host) {
    String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    return THIS_MACHINE.matcher(name).matches()
        || names.contains(name)
        || tls.map(keys -> keys.names().contains(name)).orElse(false)
        || (!isLocal() && PLAIN_ADDRESS.matcher(name).matches());
  }
}
