package dev.palimpsest.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network line to the server that can be slow and can be cut. */
final class Line implements AutoCloseable {
  private static final int STEP_MILLIS = 20;

  private final ServerSocket entry;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int bytesPerSecond = Integer.MAX_VALUE;
  private volatile boolean isCut;

  Line(int target) throws IOException {
    this.target = target;
    this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** Returns the address of the server by this line. */
  String address() {
    return "http://localhost:" + entry.getLocalPort();
  }

  /** Lets no more bytes through to the server per second. */
  void slowTo(int bytes) {
    bytesPerSecond = bytes;
  }

  /** Drops every connection and takes no new one. */
  void cut() throws IOException {
    isCut = true;
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Works again, as fast as it can. */
  void mend() {
    bytesPerSecond = Integer.MAX_VALUE;
    isCut = false;
  }

  private void accept() throws IOException {
    while (!entry.isClosed()) {
      Socket browser = entry.accept();
      if (isCut) {
        browser.close();
        continue;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(browser);
      open.add(server);
      daemon(() -> pump(browser, server, true));
      daemon(() -> pump(server, browser, false));
    }
  }

  private void pump(Socket from, Socket to, boolean limited) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
        if (limited) {
          pause((long) n * 1000 / bytesPerSecond);
        }
      }
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void pause(long millis) {
    try {
      for (long left = millis; left > 0 && !isCut; left -= STEP_MILLIS) {
        Thread.sleep(Math.min(left, STEP_MILLIS));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    entry.close();
    cut();
  }

  /** Work that ends with its connection. */
  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // A connection that ends is what this class is for.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
