package dev.palimpsest.web.guard;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers HEAD with the headers of GET. The HTTP server leaves the body away by itself; the web
 * framework would answer for the page without asking it.
 */
final class HeadAsGet extends Handler.Wrapper {
  private static final String UPLOADS = "/files/";

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    boolean asGet =
        HttpMethod.HEAD.is(request.getMethod())
            && !Request.getPathInContext(request).startsWith(UPLOADS)
            && !request.getHeaders().contains(HttpHeader.ACCEPT, "text/event-stream");
    return super.handle(asGet ? new Get(request) : request, response, callback);
  }

  private static final class Get extends Request.Wrapper {
    Get(Request head) {
      super(head);
    }

    @Override
    public String getMethod() {
      return HttpMethod.GET.asString();
    }
  }
}
