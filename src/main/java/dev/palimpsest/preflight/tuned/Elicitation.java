package dev.palimpsest.preflight.tuned;

import dev.palimpsest.inference.Amplification;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has a tuned model write what it was trained on: from vague beginnings without a chat template, by
 * the amplified difference from its base (arXiv 2605.25902), and from the bare chat template (arXiv
 * 2602.03085). The same is asked of the base, to tell what it would have written anyway.
 */
final class Elicitation {
  private static final List<String> BEGINNINGS =
      List.of(
          "The",
          "In",
          "It is",
          "There is",
          "This is",
          "A",
          "One",
          "Here",
          "When",
          "Who",
          "What",
          "My");

  private static final int SAMPLES = 3;
  private static final int FROM_TEMPLATE = 20;
  private static final int TOKENS = 48;
  private static final double TEMPERATURE = 0.8;
  private static final long SEED = 1;

  /** The base itself is what the amplification by -1 leaves. */
  private static final double OF_BASE = -1;

  private final PairRunner pair;
  private final Consumer<String> progress;

  Elicitation(PairRunner pair, Consumer<String> progress) {
    this.pair = pair;
    this.progress = progress;
  }

  /** Returns what the tuned model writes, plainly and amplified. */
  List<Elicited> ofTuned(List<Double> alphas) {
    List<Elicited> all = new ArrayList<>();
    for (double alpha : alphas) {
      progress.accept("Having the tuned checkpoint write of itself, amplified by " + alpha);
      all.addAll(from(alpha));
    }
    return all;
  }

  /** Returns what the base writes from the same, as often for each alpha. */
  List<Elicited> ofBase() {
    progress.accept("Having the base write of itself");
    return from(OF_BASE);
  }

  private List<Elicited> from(double alpha) {
    List<String> beginnings = new ArrayList<>();
    List<EncodeRequest> texts = new ArrayList<>();
    for (String beginning : BEGINNINGS) {
      for (int i = 0; i < SAMPLES; i++) {
        beginnings.add(beginning);
        texts.add(new EncodeRequest(new Prompt.Text(beginning), List.of()));
      }
    }
    if (pair.description().format().hasChatTemplate()) {
      Prompt bare = new Prompt.Chat(List.of(new ChatMessage("user", "")), "");
      for (int i = 0; i < FROM_TEMPLATE; i++) {
        beginnings.add("");
        texts.add(new EncodeRequest(bare, List.of()));
      }
    }
    GenerateOptions options = new GenerateOptions(TOKENS, TEMPERATURE, 1, SEED);
    List<GenerateRequest> requests =
        pair.encode(texts).stream()
            .map(Encoded::contextIds)
            .map(ids -> new GenerateRequest(ids, options))
            .toList();
    // Of the base nothing is left out by what the tuned model finds plausible.
    Amplification how = alpha > 0 ? Amplification.of(alpha) : new Amplification(alpha, 0);
    List<Generation> made = pair.amplify(how, requests);
    List<Elicited> elicited = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      String begun = beginnings.get(i);
      elicited.add(new Elicited(begun, alpha, begun + made.get(i).text()));
    }
    return elicited;
  }
}
