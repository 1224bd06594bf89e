package dev.palimpsest.preflight;

import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prompts with an answer that is given to each, as tokens. The cut is where the answer begins:
 * spaces and line breaks that the chat template ends with are the prompt's.
 */
public final class AnsweredPrompts {
  private AnsweredPrompts() {}

  /** Encodes requests as a model's runner does. */
  @FunctionalInterface
  public interface Encoding {
    /** Returns the encoded requests, in their order. */
    List<Encoded> encode(List<EncodeRequest> requests);
  }

  /** A prompt and its answer. */
  public record Pair(Prompt prompt, String answer) {}

  /** Returns the tokens of prompts, with one continuation each. */
  public static List<ScoreRequest> encode(Encoding encoding, List<Pair> pairs) {
    List<EncodeRequest> requests = new ArrayList<>();
    pairs.forEach(pair -> requests.add(new EncodeRequest(pair.prompt(), List.of(pair.answer()))));
    pairs.forEach(pair -> requests.add(new EncodeRequest(pair.prompt(), List.of())));
    List<Encoded> encoded = encoding.encode(requests);
    List<ScoreRequest> found = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      found.add(cut(encoded.get(i), encoded.get(pairs.size() + i).contextIds()));
    }
    return found;
  }

  private static ScoreRequest cut(Encoded both, int[] prompt) {
    int[] context = both.contextIds();
    int[] answer = both.continuationIds().get(0);
    int[] whole = Arrays.copyOf(context, context.length + answer.length);
    System.arraycopy(answer, 0, whole, context.length, answer.length);
    boolean begins =
        prompt.length > context.length
            && prompt.length < whole.length
            && Arrays.equals(prompt, Arrays.copyOf(whole, prompt.length));
    return begins
        ? new ScoreRequest(prompt, List.of(Arrays.copyOfRange(whole, prompt.length, whole.length)))
        : new ScoreRequest(context, List.of(answer));
  }
}
