package dev.palimpsest.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.ContinuationScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Token by token, from the probabilities that llama.cpp's own {@code /completion} gives of the next
 * token ({@code n_probs}).
 *
 * <p>Tokens are split as lm-evaluation-harness does: those of context and continuation together
 * behind as many as the context has. A token that is not among the likeliest few is looked for
 * among all that the vocabulary has.
 */
final class StepLikelihood implements Likelihood {
  private static final int FEW = 64;
  private static final int ALL = 1_000_000;

  private final EndpointClient client;
  private final String model;

  StepLikelihood(EndpointClient client, String model) {
    this.client = client;
    this.model = model;
  }

  @Override
  public String words() {
    return "probabilities of each next token (n_probs)";
  }

  @Override
  public ContinuationScore score(String context, String continuation, boolean rendered) {
    List<Integer> whole = tokens(context + continuation);
    int from = Math.max(1, tokens(context).size());
    if (from >= whole.size()) {
      throw new UnlikelyAnswerException(client, "tokens of the continuation");
    }
    float[] values = new float[whole.size() - from];
    boolean greedy = true;
    for (int i = from; i < whole.size(); i++) {
      Next next = next(whole.subList(0, i), whole.get(i), FEW);
      Next found = next.isFound() ? next : next(whole.subList(0, i), whole.get(i), ALL);
      if (!found.isFound()) {
        throw new UnlikelyAnswerException(client, "the probability of every token (n_probs)");
      }
      values[i - from] = (float) found.logProb;
      greedy &= found.first;
    }
    return new ContinuationScore(Arrays.copyOf(values, values.length), greedy, false);
  }

  private List<Integer> tokens(String text) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.put("content", text).put("add_special", true).put("parse_special", true);
    JsonNode found =
        client
            .postToRoot("/tokenize", request)
            .map(answer -> answer.path("tokens"))
            .orElseThrow(() -> new UnlikelyAnswerException(client, "tokens"));
    List<Integer> tokens = new ArrayList<>();
    found.forEach(token -> tokens.add(token.asInt()));
    return tokens;
  }

  /** The log-probability of a token, NaN where it was not among those that were told. */
  private record Next(double logProb, boolean first) {
    boolean isFound() {
      return !Double.isNaN(logProb);
    }
  }

  private Next next(List<Integer> before, int token, int most) {
    ObjectNode request = Json.mapper().createObjectNode();
    request
        .put("model", model)
        .put("n_predict", 1)
        .put("n_probs", most)
        .put("temperature", 0)
        .put("cache_prompt", true)
        .set("prompt", Json.mapper().valueToTree(before));
    JsonNode told =
        client
            .postToRoot("/completion", request)
            .map(answer -> answer.at("/completion_probabilities/0/top_logprobs"))
            .filter(top -> top.isArray() && !top.isEmpty())
            .orElseThrow(() -> new UnlikelyAnswerException(client, "n_probs"));
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).path("id").asInt(-1) == token && told.get(i).path("logprob").isNumber()) {
        return new Next(told.get(i).path("logprob").asDouble(), i == 0);
      }
    }
    return new Next(Double.NaN, false);
  }
}
