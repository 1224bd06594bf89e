package dev.palimpsest.web;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A model that answers at random, the same every time, and takes as much processor time an item as
 * it is told, on every processor there is: what a real one leaves for the web app.
 */
final class MadeUpModel implements ModelRunner {
  private static final String[] WORDS =
      ("time year people way day man thing woman life child world school state family student group"
              + " country problem hand part place case week company system program question work"
              + " government number night point home water room mother area money story fact month")
          .split(" ");

  /** Volatile, so that Java can stop the loop that counts up to it, as it can stop a worker's. */
  private volatile int millis;

  private MadeUpModel(int millis) {
    this.millis = millis;
  }

  static ModelLoader loader(int millis) {
    return spec -> new MadeUpModel(millis);
  }

  static String words(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  @Override
  public ModelDescription description() {
    return new ModelDescription(
        "llama", 1_000_000, 4096, 50_000, "cpu", "made up", "aa".repeat(32), "bb".repeat(32));
  }

  @Override
  public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
    return requests.stream().map(MadeUpModel::encoded).toList();
  }

  private static Encoded encoded(EncodeRequest request) {
    String text =
        request.prompt() instanceof Prompt.Chat chat
            ? "<|im_start|>user\n"
                + chat.messages().get(0).content()
                + "<|im_end|>\n<|im_start|>assistant\n"
                + chat.assistantPrefix()
            : ((Prompt.Text) request.prompt()).text();
    return new Encoded(
        text, ids(text), request.continuations().stream().map(MadeUpModel::ids).toList());
  }

  private static int[] ids(String text) {
    return Arrays.stream(text.split("\\s+"))
        .mapToInt(word -> Math.abs(word.hashCode() % 50_000))
        .toArray();
  }

  @Override
  public List<List<ContinuationScore>> score(
      Optional<String> adapter, List<ScoreRequest> requests) {
    return compute(requests.size(), i -> score(adapter, requests.get(i)));
  }

  private static List<ContinuationScore> score(Optional<String> adapter, ScoreRequest request) {
    Random item = new Random(Arrays.hashCode(request.contextIds()));
    Random arm = new Random(Arrays.hashCode(request.contextIds()) * 31L + adapter.hashCode());
    return request.continuationIds().stream()
        .map(
            ids -> {
              float[] tokens = new float[ids.length];
              for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (float) (-item.nextDouble() * 3 - arm.nextDouble() * 0.4);
              }
              return new ContinuationScore(tokens, false, false);
            })
        .toList();
  }

  @Override
  public List<Generation> generate(Optional<String> adapter, List<GenerateRequest> requests) {
    return compute(requests.size(), i -> generate(adapter, requests.get(i)));
  }

  private static Generation generate(Optional<String> adapter, GenerateRequest request) {
    int seed = Arrays.hashCode(request.promptIds());
    Random item = new Random(seed);
    Random random = item.nextInt(4) == 0 ? new Random(seed * 31L + adapter.hashCode()) : item;
    String text = words(random, 40 + random.nextInt(30));
    return new Generation(ids(text), text, Generation.Finish.END);
  }

  private <T> List<T> compute(int count, java.util.function.IntFunction<T> one) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(
            i -> {
              burn();
              return one.apply(i);
            })
        .toList();
  }

  /** Takes processor time, not time: where others use the processor it takes longer. */
  private void burn() {
    double x = 1;
    for (long i = 0; i < millis * 120L; i++) {
      for (int j = 0; j < 1000; j++) {
        x = x * 1.0000001 + 1e-9;
      }
    }
    if (x == 0) {
      throw new IllegalStateException();
    }
  }

  @Override
  public List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
