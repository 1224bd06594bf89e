package dev.palimpsest.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests that no HTTP client would send: bytes on a socket. */
public final class RawHttp implements AutoCloseable {
  private final Socket socket;

  private RawHttp(Socket socket) {
    this.socket = socket;
  }

  /** Connects to the server. */
  public static RawHttp to(TestApp app) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port());
    socket.setSoTimeout(20_000);
    return new RawHttp(socket);
  }

  /** Sends text as it is. */
  public RawHttp write(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return this;
  }

  /** Sends one chunk of a chunked body. */
  public RawHttp chunk(String text) throws IOException {
    return write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
  }

  /** Says that nothing more will be sent; what the server says can still be read. */
  public RawHttp endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads a line. */
  public String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = socket.getInputStream().read();
    for (; next >= 0 && next != '\n'; next = socket.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  /** Reads until the server closes the connection. */
  public String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Sends a text again and again until the server answers, and returns the answer. */
  public String trickleUntilAnswered(String text) throws IOException {
    try {
      while (socket.getInputStream().available() == 0) {
        write(text);
        Thread.onSpinWait();
      }
    } catch (IOException closed) {
      // The answer came first; it is read next.
    }
    return readAll();
  }

  /** Drops the connection without a word. */
  @Override
  public void close() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
