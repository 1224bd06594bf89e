package dev.palimpsest.web.guard;

import dev.palimpsest.web.failure.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The answer to a request that never reached a page: one sentence, and the security headers. */
final class BareAnswer {
  static final String BUSY = "The server has too much to do just now; try again in a moment.";

  private static final String RETRY_SECONDS = "2";

  private BareAnswer() {}

  /** Answers; the connection is closed afterwards, because what follows on it is not known. */
  static void write(
      Request request, Response response, Callback callback, int status, String sentence) {
    String path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
    boolean page = !Programs.ask(path);
    response.setStatus(status);
    SecurityHeaders.fixed().forEach(response.getHeaders()::put);
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, page ? "text/html; charset=utf-8" : type(path));
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503
        || status == HttpStatus.TOO_MANY_REQUESTS_429) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
    }
    String body = page ? page(status, sentence) : json(path, status, sentence);
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
  }

  private static String type(String path) {
    return Problem.isToldAt(path) ? Problem.CONTENT_TYPE : "application/json";
  }

  private static String json(String path, int status, String sentence) {
    return Problem.isToldAt(path)
        ? Problem.of(status, sentence).json(path)
        : "{\"error\":\"" + sentence + "\"}";
  }

  /** Returns what is said where the protocol was not followed. */
  static String sentence(int status) {
    return switch (status) {
      case 408 -> "The request came too slowly and was given up; send it again.";
      case 413 -> "The request is too large; send less at once.";
      case 414 -> "The address is too long; shorten it.";
      case 431 -> "The headers of the request are too long; delete the cookies of this site.";
      case 503 -> BUSY;
      case 505 -> "This version of HTTP is not spoken here; use HTTP/1.1.";
      default ->
          status >= 500
              ? "Something went wrong on this side; the server's log has the details."
              : "The request could not be understood; go back and try again.";
    };
  }

  private static String page(int status, String sentence) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head><meta charset="utf-8"><title>Error %d · Palimpsest</title></head>
    <body><p>%s</p><p><a href="/audits">Go to the audits</a></p></body>
    </html>
    """
        .formatted(status, sentence);
  }
}
