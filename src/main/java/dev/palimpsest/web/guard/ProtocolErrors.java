package dev.palimpsest.web.guard;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that the HTTP server itself refuses: bad syntax, too long an address. */
final class ProtocolErrors extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProtocolErrors.class);

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Object cause = request.getAttribute(ERROR_EXCEPTION);
    if (cause instanceof HttpException refused) {
      status = refused.getCode();
    }
    LOG.info("a request of {} is refused with {}", Request.getRemoteAddr(request), status);
    BareAnswer.write(request, response, callback, status, BareAnswer.sentence(status));
    return true;
  }
}
