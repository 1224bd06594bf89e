package dev.palimpsest.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.ContinuationScore;
import java.util.Arrays;
import java.util.Map;

/**
 * The prompt's own log-probabilities, which {@code /v1/completions} gives with {@code echo} and
 * {@code logprobs} (vLLM, llama-cpp-python): one request for each continuation.
 *
 * <p>A token belongs to the continuation if it ends behind the context: one that spans the two
 * counts whole. Offsets are in characters of the text that comes back.
 */
final class EchoLikelihood implements Likelihood {
  /** Two logarithms of one number, read from different places of an answer, differ by less. */
  private static final double SAME = 1e-6;

  private final EndpointClient client;
  private final String model;

  EchoLikelihood(EndpointClient client, String model) {
    this.client = client;
    this.model = model;
  }

  @Override
  public String words() {
    return "prompt log-probabilities (echo)";
  }

  @Override
  public ContinuationScore score(String context, String continuation, boolean rendered) {
    ObjectNode request = Json.mapper().createObjectNode();
    String prompt = context + continuation;
    request
        .put("model", model)
        .put("prompt", prompt)
        .put("max_tokens", 1)
        .put("temperature", 0)
        .put("echo", true)
        .put("logprobs", 1);
    if (rendered) {
      request.put("add_special_tokens", false);
    }
    JsonNode answer =
        client
            .postIfOffered("/completions", request)
            .orElseThrow(() -> new UnlikelyAnswerException(client, "prompt log-probabilities"));
    return score(answer.at("/choices/0"), context, prompt);
  }

  private ContinuationScore score(JsonNode choice, String context, String prompt) {
    JsonNode found = choice.path("logprobs");
    JsonNode values = found.path("token_logprobs");
    JsonNode tokens = found.path("tokens");
    if (!choice.path("text").asText().startsWith(prompt)
        || values.isEmpty()
        || values.size() != tokens.size()) {
      throw new UnlikelyAnswerException(client, "prompt log-probabilities");
    }
    float[] kept = new float[values.size()];
    int count = 0;
    boolean greedy = true;
    int start = 0;
    for (int i = 0; i < values.size(); i++) {
      JsonNode offset = found.path("text_offset").path(i);
      start = offset.isInt() ? offset.intValue() : start;
      int end = start + tokens.get(i).asText().length();
      if (start < prompt.length() && end > context.length() && values.get(i).isNumber()) {
        kept[count++] = values.get(i).floatValue();
        greedy &= isMostLikely(values.get(i).doubleValue(), found.path("top_logprobs").path(i));
      }
      start = end;
    }
    if (count == 0) {
      throw new UnlikelyAnswerException(client, "the log-probabilities of a continuation");
    }
    return new ContinuationScore(Arrays.copyOf(kept, count), greedy, false);
  }

  private static boolean isMostLikely(double value, JsonNode top) {
    double best = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, JsonNode> one : top.properties()) {
      best = Math.max(best, one.getValue().asDouble(Double.NEGATIVE_INFINITY));
    }
    return value >= best - SAME;
  }
}
