package dev.palimpsest.web.guard;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives up bodies that come too slowly, and reads on for a while when a request was answered before
 * its body was read: if the connection were closed at once, the sender would see it break while it
 * sends and never read why it was refused.
 */
final class BodyWatch extends Handler.Wrapper {
  private static final String UPLOADS = "/files";

  private final TrafficLimits limits;
  private final LongAdder uploaded;

  /**
   * Watches bodies.
   *
   * @param uploaded counts the bytes of uploads
   */
  BodyWatch(TrafficLimits limits, LongAdder uploaded) {
    this.limits = limits;
    this.uploaded = uploaded;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!Admission.hasBody(request)) {
      return super.handle(request, response, callback);
    }
    Watched watched = new Watched(request, response);
    return super.handle(watched, response, new AfterTheAnswer(watched, callback));
  }

  /** A request whose body is watched while it is read. */
  private final class Watched extends Request.Wrapper {
    private final Response response;
    private long firstByteAt;
    private long bytes;
    private boolean ended;
    private final boolean upload;

    Watched(Request request, Response response) {
      super(request);
      this.upload = Request.getPathInContext(request).startsWith(UPLOADS);
      this.response = response;
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk == null) {
        return null;
      }
      if (Content.Chunk.isFailure(chunk)) {
        ended = true;
        return chunk.getFailure() instanceof TimeoutException ? tooSlow() : chunk;
      }
      if (bytes == 0) {
        firstByteAt = System.nanoTime();
      }
      bytes += chunk.remaining();
      if (upload) {
        uploaded.add(chunk.remaining());
      }
      ended = chunk.isLast();
      if (!ended && isTooSlow()) {
        chunk.release();
        ended = true;
        return tooSlow();
      }
      return chunk;
    }

    private boolean isTooSlow() {
      double seconds = (System.nanoTime() - firstByteAt) / 1e9;
      return seconds > limits.grace().toNanos() / 1e9 && bytes < limits.bytesPerSecond() * seconds;
    }

    private static Content.Chunk tooSlow() {
      return Content.Chunk.from(
          new HttpException.RuntimeException(
              HttpStatus.REQUEST_TIMEOUT_408, "the body came too slowly"),
          true);
    }

    /**
     * The server asks for this before it writes an answer. Its own way makes what is not read yet
     * unreadable; here the connection is closed after the answer, when the rest was read.
     */
    @Override
    public boolean consumeAvailable() {
      for (Content.Chunk chunk = ended ? null : read();
          chunk != null;
          chunk = ended ? null : read()) {
        chunk.release();
      }
      if (!ended) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      return ended;
    }
  }

  /** Holds no thread: what follows is read when it is there. */
  private final class AfterTheAnswer extends Callback.Nested implements Runnable {
    private final Watched request;
    private long answeredAt;
    private long bytesBefore;

    AfterTheAnswer(Watched request, Callback callback) {
      super(callback);
      this.request = request;
    }

    @Override
    public void succeeded() {
      answeredAt = System.nanoTime();
      bytesBefore = request.bytes;
      run();
    }

    @Override
    public void run() {
      while (!request.ended && isWithinLimits()) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          request.demand(this);
          return;
        }
        chunk.release();
      }
      super.succeeded();
    }

    private boolean isWithinLimits() {
      return request.bytes - bytesBefore < limits.lingerBytes()
          && System.nanoTime() - answeredAt < limits.lingerFor().toNanos();
    }
  }
}
