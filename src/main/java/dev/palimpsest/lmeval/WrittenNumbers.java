package dev.palimpsest.lmeval;

import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Written answers of which a number counts (gsm8k.yaml): greedy, at most 256 tokens. */
final class WrittenNumbers {
  private static final int LONGEST = 256;
  private static final List<String> STOPS = List.of("Question:", "</s>", "<|im_end|>");

  private final ModelRunner runner;
  private final Optional<String> adapter;

  WrittenNumbers(ModelRunner runner, Optional<String> adapter) {
    this.runner = runner;
    this.adapter = adapter;
  }

  LmEvalSamples answers(List<Prompted> prompts) {
    List<EncodeRequest> requests =
        prompts.stream()
            .map(each -> new EncodeRequest(new Prompt.Text(each.context(0)), List.of()))
            .toList();
    List<int[]> ids =
        runner.encode(adapter, requests).stream().map(each -> each.contextIds()).toList();
    List<String> texts =
        runner.generate(adapter, ids, GenerateOptions.greedy(LONGEST)).stream()
            .map(Generation::text)
            .map(WrittenNumbers::untilStop)
            .toList();
    List<Map<String, Object>> lines = new ArrayList<>();
    for (NumberFilter filter : NumberFilter.values()) {
      for (int i = 0; i < prompts.size(); i++) {
        lines.add(line(prompts.get(i), texts.get(i), filter));
      }
    }
    return new LmEvalSamples(prompts.size(), lines);
  }

  /** lm-eval cuts by one stop after the other; the text of a stop goes, too. */
  static String untilStop(String text) {
    String cut = text;
    for (String stop : STOPS) {
      int at = cut.indexOf(stop);
      cut = at < 0 ? cut : cut.substring(0, at);
    }
    return cut;
  }

  private static Map<String, Object> line(Prompted prompt, String text, NumberFilter filter) {
    Map<String, Object> generation = new LinkedHashMap<>();
    generation.put("until", STOPS);
    generation.put("do_sample", false);
    generation.put("temperature", 0.0);
    String found = filter.apply(text);
    double match = NumberFilter.same(found, prompt.document().target()) ? 1 : 0;
    return SampleLine.of(
        prompt,
        List.of(List.of(prompt.context(0), generation)),
        List.of(List.of(text)),
        List.of(found),
        filter.label(),
        Map.of("exact_match", match));
  }
}
