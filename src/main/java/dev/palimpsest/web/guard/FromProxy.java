package dev.palimpsest.web.guard;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Takes the word of the one proxy on where a request came from and whether it came by HTTPS: the
 * last address of X-Forwarded-For, which is the one that the proxy itself saw, and
 * X-Forwarded-Proto. From anybody else these headers mean nothing.
 */
final class FromProxy implements HttpConfiguration.Customizer {
  private static final String SEEN = "palimpsest.from-proxy";

  private final InetAddress proxy;

  FromProxy(InetAddress proxy) {
    this.proxy = proxy;
  }

  /** Tells whether a request came by the proxy and, as it says, by HTTPS before. */
  static boolean isOn(HttpServletRequest request) {
    return request.getAttribute(SEEN) != null && request.isSecure();
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    boolean byProxy = remote instanceof InetSocketAddress inet && proxy.equals(inet.getAddress());
    if (!byProxy) {
      return request;
    }
    request.setAttribute(SEEN, true);
    return new Forwarded(request);
  }

  /** The request as it came to the proxy. */
  private static final class Forwarded extends Request.Wrapper {
    private final ConnectionMetaData connection;
    private final HttpURI uri;
    private final boolean secure;

    Forwarded(Request request) {
      super(request);
      this.secure = "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto"));
      this.uri =
          secure
              ? HttpURI.build(request.getHttpURI()).scheme("https").asImmutable()
              : request.getHttpURI();
      this.connection = new Connection(request.getConnectionMetaData(), client(request), secure);
    }

    private static SocketAddress client(Request request) {
      List<String> addresses = request.getHeaders().getCSV("X-Forwarded-For", false);
      SocketAddress proxy = request.getConnectionMetaData().getRemoteSocketAddress();
      return addresses.isEmpty()
          ? proxy
          : InetSocketAddress.createUnresolved(addresses.get(addresses.size() - 1), 0);
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }
  }

  private static final class Connection extends ConnectionMetaData.Wrapper {
    private final SocketAddress client;
    private final boolean secure;

    Connection(ConnectionMetaData wrapped, SocketAddress client, boolean secure) {
      super(wrapped);
      this.client = client;
      this.secure = secure;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return client;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }
  }
}
