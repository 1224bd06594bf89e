package dev.palimpsest.web.guard;

import io.javalin.config.JettyConfig;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Sets the HTTP server up: what happens to a request before a page sees it. */
public final class HttpFront {
  private final TrafficLimits limits;
  private final Reach reach;
  private final LongAdder uploaded = new LongAdder();

  public HttpFront(TrafficLimits limits, Reach reach) {
    this.limits = limits;
    this.reach = reach;
  }

  /**
   * Puts the server's socket in, instead of the framework's own.
   *
   * @param port 0 for any that is free
   */
  public void listen(JettyConfig jetty, int port) {
    jetty.addConnector(
        (server, http) -> {
          ServerConnector connector = connector(server, http);
          connector.setHost(reach.address().getHostAddress());
          connector.setPort(port);
          return connector;
        });
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    if (reach.tls().isEmpty()) {
      return new ServerConnector(server, new HttpConnectionFactory(http));
    }
    String password = UUID.randomUUID().toString();
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(reach.tls().get().store(password));
    tls.setKeyStorePassword(password);
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    HttpConfiguration https = new HttpConfiguration(http);
    // Which names are answered to is checked with those of plain requests.
    https.addCustomizer(new SecureRequestCustomizer(false));
    return new ServerConnector(
        server,
        new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
        new HttpConnectionFactory(https));
  }

  /** Returns how many bytes of uploads arrived since the start. */
  public long uploadedBytes() {
    return uploaded.sum();
  }

  /** Puts the limits and the answers to bad requests into the server. */
  public void configure(JettyConfig jetty) {
    jetty.modifyHttpConfiguration(this::configure);
    jetty.modifyServer(this::configure);
    jetty.modifyServletContextHandler(context -> context.setErrorHandler(new ProtocolErrors()));
  }

  private void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setIdleTimeout(limits.silence().toMillis());
    reach.proxy().ifPresent(proxy -> http.addCustomizer(new FromProxy(proxy)));
  }

  private void configure(Server server) {
    Handler.Wrapper outermost = new BodyWatch(limits, uploaded);
    Handler.Wrapper admission = new Admission(limits);
    outermost.setHandler(admission);
    admission.setHandler(new HeadAsGet());
    server.setHandler(outermost);
    server.setErrorHandler(new ProtocolErrors());
    server.addEventListener(new LargeReads());
  }

  /** The connectors are there when the server starts; uploads are read in pieces of 8 kB else. */
  private static final class LargeReads implements LifeCycle.Listener {
    private static final int BYTES = 128 * 1024;

    @Override
    public void lifeCycleStarting(LifeCycle server) {
      for (Connector connector : ((Server) server).getConnectors()) {
        HttpConnectionFactory http = connector.getConnectionFactory(HttpConnectionFactory.class);
        if (http != null) {
          http.setInputBufferSize(BYTES);
        }
      }
    }
  }
}
