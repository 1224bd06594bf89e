package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.AdapterAtScale;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of one batch that carry different adapters make what each makes alone. */
@Tag("slow")
final class MixedBatchTest {
  private static final int PROMPTS = 5;

  @ParameterizedTest
  @CsvSource({
    "llama, 'lora_plain,lora_all_linear_rslora,lora_patterns,lora_layers_to_transform', 0",
    "llama, 'lora_plain,lora_all_linear_rslora,lora_dora,lora_modules_to_save_lm_head', 0",
    "llama, 'lora_embed_tokens,lora_plain', 0.8",
    "qwen3_moe, 'lora_experts,lora_experts@0.5,lora_experts@-1', 0",
  })
  void everyAdapterOfAMixedBatchMakesWhatItMakesAlone(
      String base, String names, double temperature) {
    Path folder = Golden.ROOT.resolve(base);
    List<Optional<String>> models = new ArrayList<>(List.of(Optional.empty()));
    Map<String, Path> adapters = new TreeMap<>();
    for (String name : names.split(",", -1)) {
      models.add(Optional.of(name));
      String plain = AdapterAtScale.parse(name).name();
      adapters.put(plain, folder.resolve("adapters").resolve(plain));
    }
    List<GenerateRequest> requests = requests(new GenerateOptions(12, temperature, 0.9, 5));
    try (LocalRunner runner = LocalRunner.open(new ModelSpec(folder, DType.FLOAT32, adapters))) {
      List<Optional<String>> each = new ArrayList<>();
      List<GenerateRequest> all = new ArrayList<>();
      for (GenerateRequest request : requests) {
        for (Optional<String> model : models) {
          each.add(model);
          all.add(request);
        }
      }
      List<Generation> mixed = runner.generateEach(each, all);
      for (int m = 0; m < models.size(); m++) {
        List<Generation> alone = runner.generate(models.get(m), requests);
        for (int r = 0; r < requests.size(); r++) {
          assertThat(mixed.get(r * models.size() + m).ids())
              .as("%s, prompt %d", models.get(m), r)
              .isEqualTo(alone.get(r).ids());
        }
      }
    }
  }

  private static List<GenerateRequest> requests(GenerateOptions options) {
    Random random = new Random(3);
    return IntStream.range(0, PROMPTS)
        .mapToObj(i -> random.ints(3 + 4 * (i % 4), 5, 360).toArray())
        .map(ids -> new GenerateRequest(ids, options))
        .toList();
  }
}
