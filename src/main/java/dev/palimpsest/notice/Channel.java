package dev.palimpsest.notice;

import java.io.IOException;

/** A way by which notices leave. */
public interface Channel {
  /** Returns what it is called in the outbox: "webhook" or "mail". */
  String name();

  /**
   * Sends a notice.
   *
   * @throws IOException if nobody took it; it is tried again
   */
  void send(Notice notice) throws IOException;
}
