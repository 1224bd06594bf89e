package dev.palimpsest.preflight.job;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.EncoderLoader;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairLoader;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.preflight.ModelLooks;
import dev.palimpsest.preflight.Preflight;
import dev.palimpsest.preflight.PreflightJson;
import dev.palimpsest.preflight.facts.FactsException;
import dev.palimpsest.preflight.facts.KnownFacts;
import dev.palimpsest.preflight.facts.StoredAnswers;
import dev.palimpsest.preflight.tuned.TunedLook;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.training.TrainingFile;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at training files, one at a time, while people go on. */
public final class PreflightJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PreflightJobs.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 10;
  private static final int MOST_WAITING = 20;
  private static final int SHOWN = 100;

  private final PreflightStore store;
  private final StoredAnswers answers;
  private final SuiteLibrary suites;
  private final EncoderLoader encoders;
  private final ModelLoader models;
  private final PairLoader pairs;
  private final Clock clock;

  /** What goes on in those that are under way here. */
  private final Map<String, String> underWay = new ConcurrentHashMap<>();

  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING), PreflightJobs::daemon);

  /**
   * Opens the jobs of an installation.
   *
   * @param suites the probes that are looked for in a file
   */
  public PreflightJobs(
      Database database,
      SuiteLibrary suites,
      EncoderLoader encoders,
      ModelLoader models,
      PairLoader pairs,
      Clock clock) {
    this.store = new PreflightStore(database);
    this.answers = new StoredAnswers(database);
    this.suites = suites;
    this.encoders = encoders;
    this.models = models;
    this.pairs = pairs;
    this.clock = clock;
    if (!database.isShared()) {
      store.interrupt();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "preflight");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins a look and returns its id.
   *
   * @throws dev.palimpsest.training.TrainingException if there is no such file
   */
  public String start(PreflightRequest request) {
    TrainingFile file = TrainingFile.at(request.file());
    String id =
        RANDOM
            .ints(ID_LENGTH, 0, LETTERS.length())
            .collect(
                StringBuilder::new,
                (text, i) -> text.append(LETTERS.charAt(i)),
                StringBuilder::append)
            .toString();
    store.insert(id, request, clock.instant());
    underWay.put(id, "Waits for others");
    try {
      thread.execute(() -> run(id, request, file));
    } catch (RejectedExecutionException full) {
      underWay.remove(id);
      store.remove(id);
      throw new FactsException("Many training files are waiting already; ask again later.");
    }
    return id;
  }

  private void run(String id, PreflightRequest request, TrainingFile file) {
    try {
      String result = look(id, request, file);
      store.settle(id, StoredPreflight.State.DONE, "", result);
    } catch (UserFacingException refused) {
      store.settle(id, StoredPreflight.State.FAILED, refused.getMessage(), "");
    } catch (RuntimeException unexpected) {
      LOG.warn("the look {} at a training file broke down", id, unexpected);
      store.settle(
          id,
          StoredPreflight.State.FAILED,
          "Something unexpected went wrong; the log says what.",
          "");
    } finally {
      underWay.remove(id);
    }
  }

  private String look(String id, PreflightRequest request, TrainingFile file) {
    says(id, "Reading the file");
    Preflight preflight;
    ModelSpec model = new ModelSpec(request.base().path(), DType.FLOAT32, Map.of());
    try (Encoder encoder = encoders.open(model)) {
      preflight =
          Preflight.of(
              file, encoder, request.mostTokens(), request.paddedWithEnd(), suites.suites());
    }
    ModelLooks looks = new ModelLooks(models, pairs, answers, sentence -> says(id, sentence));
    Optional<KnownFacts> facts =
        looks.facts(
            preflight,
            request.side(),
            request::baseDigest,
            request.facts(),
            request.facts().limit());
    List<TunedLook> tuned =
        request.tuned().stream()
            .map(
                one ->
                    looks.tuned(
                        one.name(),
                        PairSpec.of(request.side(), one.path(), 1, DType.FLOAT32),
                        file,
                        preflight))
            .toList();
    String name = request.file().getFileName().toString();
    return PreflightJson.of(preflight, name, "", facts, tuned).toString();
  }

  /** One that was removed while it was under way is not gone on with. */
  private void says(String id, String sentence) {
    if (underWay.replace(id, sentence) == null) {
      throw new FactsException("It was removed.");
    }
  }

  /** Returns a look, with what goes on where it is under way here. */
  public Optional<StoredPreflight> find(String id) {
    return store.find(id).map(this::withProgress);
  }

  /** Returns the newest looks, without their results. */
  public List<StoredPreflight> newest() {
    return store.newest(SHOWN).stream().map(this::withProgress).toList();
  }

  private StoredPreflight withProgress(StoredPreflight one) {
    String now = underWay.get(one.id());
    return one.isRunning() && now != null ? one.saying(now) : one;
  }

  /** Removes a look; one that is under way ends soon. */
  public void remove(String id) {
    underWay.remove(id);
    store.remove(id);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
