package dev.palimpsest.web.guard;

import dev.palimpsest.web.failure.Problem;
import dev.palimpsest.web.guard.TrafficLimits.Share;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in as many requests at a time as the limits say and answers the others at once; the health
 * pages are always let in.
 */
final class Admission extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final String HEALTH = "/healthz/";
  private static final String EVENTS = "/events";
  private static final int BUSY = 503;
  private static final int TOO_MANY_OF_ONE = 429;

  private final Counter bodies;
  private final Counter pages;
  private final Counter streams;

  Admission(TrafficLimits limits) {
    this.bodies = new Counter(limits.bodies());
    this.pages = new Counter(limits.pages());
    this.streams = new Counter(limits.streams());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (isHealth(request)) {
      return super.handle(request, response, callback);
    }
    String client = Request.getRemoteAddr(request);
    Counter counter = counter(request);
    int refusal = counter.enter(client);
    if (refusal != 0) {
      LOG.info(
          "{} {} of {} is refused: too many requests at once",
          request.getMethod(),
          request.getHttpURI().getPath(),
          client);
      boolean tellsWhose = Problem.isToldAt(Request.getPathInContext(request));
      BareAnswer.write(request, response, callback, tellsWhose ? refusal : BUSY, BareAnswer.BUSY);
      return true;
    }
    Runnable leave = once(() -> counter.leave(client));
    try {
      boolean handled = super.handle(request, response, Callback.from(callback, leave));
      if (!handled) {
        leave.run();
      }
      return handled;
    } catch (Throwable failure) {
      leave.run();
      throw failure;
    }
  }

  /** The server may tell the end of a request that failed more than once. */
  private static Runnable once(Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        action.run();
      }
    };
  }

  private Counter counter(Request request) {
    if (hasBody(request)) {
      return bodies;
    }
    return isStream(request) ? streams : pages;
  }

  private static boolean isHealth(Request request) {
    boolean read =
        HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    return read && !hasBody(request) && Request.getPathInContext(request).startsWith(HEALTH);
  }

  private static boolean isStream(Request request) {
    return Request.getPathInContext(request).endsWith(EVENTS)
        && request.getHeaders().contains(HttpHeader.ACCEPT, "text/event-stream");
  }

  static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** Requests under way, by client and together. */
  private static final class Counter {
    private final Share share;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> byClient = new ConcurrentHashMap<>();

    Counter(Share share) {
      this.share = share;
    }

    /** Returns 0 for a request that is let in, else the status that it is refused with. */
    int enter(String client) {
      if (all.incrementAndGet() > share.all()) {
        all.decrementAndGet();
        return BUSY;
      }
      if (byClient.merge(client, 1, Integer::sum) > share.perClient()) {
        leave(client);
        return TOO_MANY_OF_ONE;
      }
      return 0;
    }

    void leave(String client) {
      byClient.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
      all.decrementAndGet();
    }
  }
}
