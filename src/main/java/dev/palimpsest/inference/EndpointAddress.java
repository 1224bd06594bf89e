package dev.palimpsest.inference;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A model behind an OpenAI-compatible server. What answers there is known by these two names only,
 * and nothing proves what it is.
 *
 * @param url where the server's {@code /v1} lies, without a slash at the end:
 *     "https://models.example.org/v1"
 * @param model the name that the server knows it by; "" for the only one that it has
 */
public record EndpointAddress(String url, String model) {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  public EndpointAddress {
    url = checked(Objects.requireNonNull(url, "url is null"));
    Objects.requireNonNull(model, "model is null");
  }

  /** Tells whether a text that was typed for a checkpoint names a server. */
  public static boolean isOne(String typed) {
    String lower = typed.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /**
   * Reads {@code URL} or {@code URL#MODEL}.
   *
   * @param model the name where the URL says none
   * @throws DecoderException if it is no address of a server
   */
  public static EndpointAddress parse(String typed, String model) {
    int at = typed.indexOf('#');
    return at < 0
        ? new EndpointAddress(typed.strip(), model)
        : new EndpointAddress(typed.substring(0, at).strip(), typed.substring(at + 1).strip());
  }

  /** Tells whether the server is on this machine, by its name. */
  public boolean isHere() {
    String host = uri().getHost();
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  /** Tells whether what is sent is encrypted on its way. */
  public boolean isEncrypted() {
    return url.startsWith("https:");
  }

  /** Returns the server's address. */
  public URI uri() {
    return URI.create(url);
  }

  /** Returns it as it is told to people, "NAME at https://models.example.org/v1". */
  public String words() {
    return (model.isEmpty() ? "the model" : model) + " at " + url;
  }

  private static String checked(String typed) {
    try {
      URI uri = new URI(typed);
      boolean plain =
          uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getQuery() == null
              && uri.getFragment() == null
              && SCHEMES.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
      if (plain) {
        String path = uri.getPath().replaceAll("/+$", "");
        return uri.getScheme().toLowerCase(Locale.ROOT)
            + "://"
            + uri.getRawAuthority()
            + (path.isEmpty() ? "/v1" : path);
      }
    } catch (URISyntaxException notAnAddress) {
      // Falls through: the sentence is the same.
    }
    throw new DecoderException(
        "An endpoint is given as http:// or https:// with a host and its path, such as"
            + " https://models.example.org/v1, without a password or a query.");
  }
}
