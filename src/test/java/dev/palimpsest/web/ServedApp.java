package dev.palimpsest.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.storage.DatabaseServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code palimpsest serve} in a process of its own, which can be killed. */
final class ServedApp implements AutoCloseable {
  private static final String GREETING = "Palimpsest is at ";

  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServedApp(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  static ServedApp over(Path data) throws IOException {
    return started(serving(data).redirectError(ProcessBuilder.Redirect.INHERIT));
  }

  /** Serves with further options; what the log says goes into a file. */
  static ServedApp over(Path data, Path log, String... options) throws IOException {
    return started(serving(data, options).redirectError(log.toFile()));
  }

  static ServedApp over(Path data, DatabaseServer database) throws IOException {
    return started(serving(data, database).redirectError(ProcessBuilder.Redirect.INHERIT));
  }

  /** Returns the command that serves a data folder, with the rows on a database server. */
  static ProcessBuilder serving(Path data, DatabaseServer database) {
    ProcessBuilder serving = serving(data, "--database", database.url());
    serving.environment().put("PALIMPSEST_DATABASE_USER", database.user());
    serving.environment().put("PALIMPSEST_DATABASE_PASSWORD", database.password());
    return serving;
  }

  private static ProcessBuilder serving(Path data, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.palimpsest.cli.Main",
                "serve",
                "--port",
                "0",
                "--data",
                data.toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command);
  }

  private static ServedApp started(ProcessBuilder serving) throws IOException {
    Process process = serving.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith(GREETING)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("the app did not start");
    }
    return new ServedApp(process, URI.create(line.substring(GREETING.length())));
  }

  /** Ends the process without any warning. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends the process as Ctrl-C does. */
  @Override
  public void close() {
    try {
      process.destroy();
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  URI address() {
    return address;
  }

  /** Sends JSON. */
  HttpResponse<String> post(String path, String json) {
    return send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)));
  }

  JsonNode json(String path) throws IOException {
    return Json.mapper().readTree(get(path).body());
  }

  JsonNode declare(String list) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve("/api/checkpoints"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(list));
    return Json.mapper().readTree(send(request).body());
  }

  /** Returns how much of a file there is. */
  long offset(String url) {
    HttpResponse<String> answer = send(tus(url).method("HEAD", BodyPublishers.noBody()));
    return answer
        .headers()
        .firstValueAsLong("Upload-Offset")
        .orElseThrow(() -> new AssertionError(answer + " " + answer.headers()));
  }

  /** Sends a file from an offset on. */
  HttpResponse<String> append(String url, byte[] file, long offset) {
    byte[] rest = Arrays.copyOfRange(file, (int) offset, file.length);
    return send(
        tus(url)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", Long.toString(offset))
            .method("PATCH", BodyPublishers.ofByteArray(rest)));
  }

  /** Opens a PATCH of a whole file whose body the caller writes. */
  Socket begin(String url, long length) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
    socket.setSoTimeout(30_000);
    String head =
        "PATCH "
            + url
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + address.getPort()
            + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nConnection: close\r\n"
            + "Content-Type: application/offset+octet-stream\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private HttpRequest.Builder tus(String url) {
    return HttpRequest.newBuilder(address.resolve(url)).header("Tus-Resumable", "1.0.0");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
