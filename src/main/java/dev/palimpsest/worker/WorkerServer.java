package dev.palimpsest.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.Ending;
import dev.palimpsest.Json;
import dev.palimpsest.UserFacingException;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.PairLoader;
import dev.palimpsest.inference.PairRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's side: answers one request at a time with the model it was told to load.
 *
 * <p>Reading has a thread of its own, so that a closed input is noticed in the middle of a forward
 * pass too.
 */
public final class WorkerServer {
  private static final Logger log = LoggerFactory.getLogger(WorkerServer.class);
  private static final long BEAT_MILLIS = 2000;

  private final ObjectMapper json = Json.mapper();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final ModelLoader loader;
  private final PairLoader pairs;
  private final OutputStream out;
  private ModelRunner model;
  private PairRunner pair;

  private WorkerServer(ModelLoader loader, PairLoader pairs, OutputStream out) {
    this.loader = loader;
    this.pairs = pairs;
    this.out = out;
  }

  /** Serves requests of single models, as below. */
  public static void serve(ModelLoader loader, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    serve(
        loader,
        spec -> {
          throw new DecoderException("This worker loads no pairs of models.");
        },
        in,
        out);
  }

  /**
   * Serves requests until the input closes, and then ends this process; never returns normally.
   *
   * @param loader loads the model that is asked for
   * @param pairs loads two models that are asked for side by side
   * @param in requests, one JSON object a line
   * @param out replies; nothing else may write to it
   */
  public static void serve(ModelLoader loader, PairLoader pairs, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    WorkerServer server = new WorkerServer(loader, pairs, out);
    server.send(Message.Reply.hello(ProcessHandle.current().pid()));
    server.daemon("worker-input", () -> server.readUntilClosed(in));
    server.daemon("worker-heartbeat", server::beat);
    while (true) {
      server.answer(server.requests.take());
    }
  }

  private void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void readUntilClosed(InputStream in) {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        requests.add(line);
      }
    } catch (IOException e) {
      log.debug("standard input broke", e);
    }
    // A native call cannot be interrupted, and nothing here is worth saving.
    Ending.now(0);
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(BEAT_MILLIS);
        send(Message.Reply.beat(ProcessHandle.current().pid()));
      }
    } catch (IOException | InterruptedException e) {
      Ending.now(0);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever happens, the application hears of it
  private void answer(String line) throws IOException {
    Message.Request request = json.readValue(line, Message.Request.class);
    Message.Reply reply;
    try {
      reply = Message.Reply.result(request.id(), json.valueToTree(run(request)));
    } catch (Exception | OutOfMemoryError | LinkageError e) {
      note(request.operation(), e);
      reply = Message.Reply.failure(request.id(), Failure.of(e));
    }
    send(reply);
  }

  private static void note(Message.Operation operation, Throwable failure) {
    if (failure instanceof UserFacingException) {
      log.debug("{} failed", operation, failure);
    } else {
      log.error("{} failed", operation, failure);
    }
  }

  private Object run(Message.Request request) throws JsonProcessingException {
    JsonNode arguments = request.arguments();
    return switch (request.operation()) {
      case LOAD -> load(json.treeToValue(arguments, Arguments.Load.class));
      case ENCODE -> encode(json.treeToValue(arguments, Arguments.Encode.class));
      case SCORE -> score(json.treeToValue(arguments, Arguments.Score.class));
      case GENERATE -> generate(json.treeToValue(arguments, Arguments.Generate.class));
      case LOGITS -> logits(json.treeToValue(arguments, Arguments.Logits.class));
      case PIECES -> pieces(json.treeToValue(arguments, Arguments.Pieces.class));
      case READ -> read(json.treeToValue(arguments, Arguments.Read.class));
      case LOAD_PAIR -> loadPair(json.treeToValue(arguments, Arguments.LoadPair.class));
      case ENCODE_PAIR -> encodePair(json.treeToValue(arguments, Arguments.EncodePair.class));
      case KL -> kl(json.treeToValue(arguments, Arguments.Kl.class));
      case KL_TEXTS -> klTexts(json.treeToValue(arguments, Arguments.KlTexts.class));
      case AMPLIFY -> amplify(json.treeToValue(arguments, Arguments.Amplify.class));
    };
  }

  private Object load(Arguments.Load arguments) {
    unload();
    model = loader.load(arguments.spec());
    return model.description();
  }

  private Object loadPair(Arguments.LoadPair arguments) {
    unload();
    pair = pairs.load(arguments.spec());
    return pair.description();
  }

  private void unload() {
    if (model != null) {
      model.close();
      model = null;
    }
    if (pair != null) {
      pair.close();
      pair = null;
    }
  }

  private Object encodePair(Arguments.EncodePair arguments) {
    return loadedPair().encode(arguments.encodeRequests());
  }

  private Object kl(Arguments.Kl arguments) {
    return loadedPair().compare(arguments.requests());
  }

  private Object klTexts(Arguments.KlTexts arguments) {
    return loadedPair().compareTexts(arguments.texts(), arguments.window());
  }

  private Object amplify(Arguments.Amplify arguments) {
    return loadedPair().amplify(arguments.how(), arguments.requests());
  }

  private Object encode(Arguments.Encode arguments) {
    return loaded().encode(arguments.adapter(), arguments.encodeRequests());
  }

  private Object score(Arguments.Score arguments) {
    return loaded().score(arguments.adapter(), arguments.requests());
  }

  private Object generate(Arguments.Generate arguments) {
    return loaded().generate(arguments.adapter(), arguments.requests());
  }

  private Object logits(Arguments.Logits arguments) {
    return loaded().logits(arguments.adapter(), arguments.sequences());
  }

  private Object pieces(Arguments.Pieces arguments) {
    return loaded().pieces(arguments.adapter(), arguments.ids());
  }

  private Object read(Arguments.Read arguments) {
    return loaded().read(arguments.base(), arguments.tuned(), arguments.requests());
  }

  private ModelRunner loaded() {
    if (model == null) {
      throw new DecoderException("No model is loaded; load one first.");
    }
    return model;
  }

  private PairRunner loadedPair() {
    if (pair == null) {
      throw new DecoderException("No pair of models is loaded; load one first.");
    }
    return pair;
  }

  private synchronized void send(Message.Reply reply) throws IOException {
    out.write(json.writeValueAsBytes(reply));
    out.write('\n');
    out.flush();
  }
}
