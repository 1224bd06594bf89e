package dev.palimpsest.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DecoderException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running worker and the line to it; one request at a time. */
final class WorkerProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final ObjectMapper json = Json.mapper();

  /** An empty one stands for the end of the worker's output. */
  private final BlockingQueue<Optional<Message.Reply>> replies = new LinkedBlockingQueue<>();

  private final LastWords lastWords = new LastWords();
  private final WorkerOptions options;
  private final Process process;
  private long lastId;

  private WorkerProcess(WorkerOptions options, Process process) {
    this.options = options;
    this.process = process;
  }

  /** Starts a worker and waits until it says hello in the same protocol. */
  static WorkerProcess start(WorkerOptions options, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(options.threads()));
    options.gpu().ifPresent(gpu -> builder.environment().put(Gpus.VARIABLE, gpu));
    try {
      WorkerProcess worker = new WorkerProcess(options, builder.start());
      worker.listen();
      worker.shakeHands();
      return worker;
    } catch (IOException e) {
      throw new DecoderException(
          "The inference worker cannot be started; is there enough memory, and is Java still"
              + " installed where it was?",
          e);
    }
  }

  /** Returns the operating system's number of the process. */
  long pid() {
    return process.pid();
  }

  /** Sends one request and waits for its result; a failure becomes the exception that it was. */
  synchronized JsonNode call(Message.Operation operation, Object arguments) {
    long id = ++lastId;
    send(new Message.Request(id, operation, json.valueToTree(arguments)));
    Instant deadline = Instant.now().plus(options.patience());
    while (true) {
      Message.Reply reply = next(options.silence());
      if (reply.id() != null && reply.id() == id) {
        return unwrap(reply);
      }
      if (Instant.now().isAfter(deadline)) {
        throw ended(WorkerDiedException.tooSlow(options.patience().toSeconds()));
      }
    }
  }

  /** Ends the process now; whoever waits for a reply hears that it died. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static JsonNode unwrap(Message.Reply reply) {
    if (reply.failure() != null) {
      throw reply.failure().toException();
    }
    return reply.result();
  }

  private void shakeHands() {
    Message.Reply hello = next(START);
    if (!Message.PROTOCOL.equals(hello.hello())) {
      close();
      throw new DecoderException(
          "The inference worker is of another version of palimpsest; restart palimpsest so that"
              + " both are the same.");
    }
  }

  private void send(Message.Request request) {
    try {
      process.getOutputStream().write(json.writeValueAsBytes(request));
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw died();
    }
  }

  private Message.Reply next(Duration limit) {
    try {
      Optional<Message.Reply> reply = replies.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (reply == null) {
        throw ended(WorkerDiedException.silent(limit.toSeconds()));
      }
      return reply.orElseThrow(this::died);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new DecoderException("Waiting for the inference worker was interrupted.", e);
    }
  }

  private WorkerDiedException ended(WorkerDiedException why) {
    close();
    return why;
  }

  private WorkerDiedException died() {
    replies.add(Optional.empty());
    try {
      if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        return ended(WorkerDiedException.silent(LAST_WORDS.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
    return WorkerDiedException.exited(process.exitValue(), lastWords);
  }

  private void listen() {
    daemon("worker-replies", () -> readReplies(process.getInputStream()));
    daemon("worker-log", () -> passOnLog(process.getErrorStream()));
  }

  private void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name + "-" + process.pid());
    thread.setDaemon(true);
    thread.start();
  }

  private void readReplies(InputStream in) {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        parse(line).map(Optional::of).ifPresent(replies::add);
      }
    } catch (IOException e) {
      log.debug("worker {} broke off", process.pid(), e);
    }
    replies.add(Optional.empty());
  }

  /** Native libraries may print to the protocol's stream behind Java's back. */
  private Optional<Message.Reply> parse(String line) {
    try {
      return Optional.of(json.readValue(line, Message.Reply.class));
    } catch (JsonProcessingException e) {
      lastWords.hear(line);
      log.info("worker {} printed: {}", process.pid(), line);
      return Optional.empty();
    }
  }

  private void passOnLog(InputStream in) {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.debug("worker {}: {}", process.pid(), line);
      }
    } catch (IOException e) {
      log.debug("worker {} broke off", process.pid(), e);
    }
  }
}
