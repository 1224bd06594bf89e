package dev.palimpsest.web.upload;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Blocker;

/**
 * The body of a request in the buffers that the network filled, which can be written to a file as
 * they are; the servlet's stream would have every byte copied twice more.
 */
final class ArrivingBody {
  private final Content.Source source;

  private ArrivingBody(Content.Source source) {
    this.source = source;
  }

  /** Returns the body of a request that nobody reads otherwise. */
  static ArrivingBody of(ServletRequest request) {
    return new ArrivingBody(ServletContextRequest.getServletContextRequest(request));
  }

  /** Takes pieces of a body; the buffer is the network's again when this returns. */
  interface Taker {
    void take(ByteBuffer piece);
  }

  /**
   * Hands the body over piece by piece, to its end.
   *
   * @throws IOException if the connection broke, fell silent or was too slow
   */
  void forEach(Taker taker) throws IOException {
    boolean ended = false;
    while (!ended) {
      Content.Chunk chunk = next();
      try {
        if (chunk.hasRemaining()) {
          taker.take(chunk.getByteBuffer());
        }
        ended = chunk.isLast();
      } finally {
        chunk.release();
      }
    }
  }

  private Content.Chunk next() throws IOException {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        await();
      } else if (Content.Chunk.isFailure(chunk)) {
        throw new IOException(chunk.getFailure());
      } else {
        return chunk;
      }
    }
  }

  private void await() throws IOException {
    try (Blocker.Runnable arrived = Blocker.runnable()) {
      source.demand(arrived);
      arrived.block();
    }
  }
}
