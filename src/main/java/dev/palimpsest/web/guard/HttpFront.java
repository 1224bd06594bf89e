package dev.palimpsest.web.guard;

import io.javalin.config.JettyConfig;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/** Sets the HTTP server up: what happens to a request before a page sees it. */
public final class HttpFront {
  private final TrafficLimits limits;

  public HttpFront(TrafficLimits limits) {
    this.limits = limits;
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
  }

  private void configure(Server server) {
    Handler.Wrapper outermost = new BodyWatch(limits);
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
