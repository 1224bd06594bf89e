package dev.palimpsest.audit.run;

import dev.palimpsest.decoder.local.ModelPair;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairLoader;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import dev.palimpsest.inference.TextReading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what real runners are asked for. */
final class CountingLoader implements ModelLoader {
  final AtomicInteger loads = new AtomicInteger();
  final AtomicInteger baseRequests = new AtomicInteger();
  final AtomicInteger adapterRequests = new AtomicInteger();
  final AtomicInteger pairLoads = new AtomicInteger();
  final AtomicInteger textsCompared = new AtomicInteger();

  /** Whether no texts are read together. */
  volatile boolean refusesTexts;

  private final ModelLoader loader;

  CountingLoader(ModelLoader loader) {
    this.loader = loader;
  }

  @Override
  public ModelRunner load(ModelSpec spec) {
    loads.incrementAndGet();
    return new Counting(loader.load(spec));
  }

  @Override
  public PairLoader pairs() {
    return spec -> {
      pairLoads.incrementAndGet();
      return ModelPair.open(spec, RunnerOptions.usual());
    };
  }

  private void count(Optional<String> adapter, int requests) {
    (adapter.isPresent() ? adapterRequests : baseRequests).addAndGet(requests);
  }

  private final class Counting implements ModelRunner {
    private final ModelRunner runner;

    Counting(ModelRunner runner) {
      this.runner = runner;
    }

    @Override
    public ModelDescription description() {
      return runner.description();
    }

    @Override
    public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
      return runner.encode(adapter, requests);
    }

    @Override
    public List<List<ContinuationScore>> score(
        Optional<String> adapter, List<ScoreRequest> requests) {
      count(adapter, requests.size());
      return runner.score(adapter, requests);
    }

    @Override
    public List<Generation> generate(Optional<String> adapter, List<GenerateRequest> requests) {
      count(adapter, requests.size());
      return runner.generate(adapter, requests);
    }

    @Override
    public List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences) {
      return runner.logits(adapter, sequences);
    }

    @Override
    public List<TextReading> read(
        Optional<String> base, List<Optional<String>> tuned, List<ScoreRequest> requests) {
      if (refusesTexts) {
        throw new DecoderException("refused by the test.");
      }
      textsCompared.addAndGet(requests.size());
      return runner.read(base, tuned, requests);
    }

    @Override
    public void close() {
      runner.close();
    }
  }
}
