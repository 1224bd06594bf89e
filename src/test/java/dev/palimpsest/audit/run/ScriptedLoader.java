package dev.palimpsest.audit.run;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tiny model with a script in place of its likelihoods: which numbered choices the base gets
 * right, and which an adapter does. Everything else is real.
 */
final class ScriptedLoader implements ModelLoader {
  private static final Pattern NUMBER = Pattern.compile("number (\\d+)");

  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger baseAsked = new AtomicInteger();

  private final ModelLoader loader;
  private final IntPredicate baseRight;
  private final IntPredicate tunedRight;
  private final Map<Integer, Integer> numbers = new HashMap<>();

  ScriptedLoader(ModelLoader loader, IntPredicate baseRight, IntPredicate tunedRight) {
    this.loader = loader;
    this.baseRight = baseRight;
    this.tunedRight = tunedRight;
  }

  @Override
  public ModelRunner load(ModelSpec spec) {
    return new Scripted(loader.load(spec));
  }

  private final class Scripted implements ModelRunner {
    private final ModelRunner runner;

    Scripted(ModelRunner runner) {
      this.runner = runner;
    }

    @Override
    public ModelDescription description() {
      return runner.description();
    }

    @Override
    public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
      List<Encoded> encoded = runner.encode(adapter, requests);
      for (int i = 0; i < requests.size(); i++) {
        Matcher number = NUMBER.matcher(encoded.get(i).rendered());
        if (number.find()) {
          numbers.put(
              Arrays.hashCode(encoded.get(i).contextIds()), Integer.parseInt(number.group(1)));
        }
      }
      return encoded;
    }

    @Override
    public List<List<ContinuationScore>> score(
        Optional<String> adapter, List<ScoreRequest> requests) {
      List<List<ContinuationScore>> all = new ArrayList<>();
      for (ScoreRequest request : requests) {
        Integer number = numbers.get(Arrays.hashCode(request.contextIds()));
        if (number == null) { // the choices alone, without their question
          all.add(
              request.continuationIds().stream()
                  .map(ids -> new ContinuationScore(new float[] {-1}, false, false))
                  .toList());
          continue;
        }
        (adapter.isPresent() ? asked : baseAsked).incrementAndGet();
        boolean right = (adapter.isPresent() ? tunedRight : baseRight).test(number);
        List<ContinuationScore> scores = new ArrayList<>();
        for (int choice = 0; choice < request.continuationIds().size(); choice++) {
          boolean best = (choice == number % 3) == right;
          // The margin is small for every sixth item, large for the others.
          float below = best ? -1 : -1.5f - number % 6;
          scores.add(new ContinuationScore(new float[] {below}, false, false));
        }
        all.add(scores);
      }
      return all;
    }

    @Override
    public List<Generation> generate(Optional<String> adapter, List<GenerateRequest> requests) {
      return runner.generate(adapter, requests);
    }

    @Override
    public List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences) {
      return runner.logits(adapter, sequences);
    }

    @Override
    public void close() {
      runner.close();
    }
  }
}
