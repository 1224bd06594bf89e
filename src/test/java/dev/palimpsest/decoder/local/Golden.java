package dev.palimpsest.decoder.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.decoder.kernel.Arithmetic;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.inference.ScoreRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tiny checkpoint with what Hugging Face transformers, PEFT and lm-eval compute from it in
 * float32.
 *
 * @param model the checkpoint
 * @param adapter the adapter over it, if any
 * @param expected the results
 */
record Golden(Path model, Optional<Path> adapter, JsonNode expected) {
  static final Path ROOT = Path.of("src/test/resources/golden");

  static Golden checkpoint(String name) {
    return new Golden(ROOT.resolve(name), Optional.empty(), read(name + "/expected.json"));
  }

  static Golden gguf(String type) {
    Path file = ROOT.resolve("llama_gguf/llama-" + type + ".gguf");
    return new Golden(file, Optional.empty(), read("llama_gguf/expected-" + type + ".json"));
  }

  /** A model of another architecture, from {@code bench/gguf_golden.py}. */
  static Golden gguf(Path folder) {
    return new Golden(folder, Optional.empty(), read(folder.resolve("expected.json")));
  }

  static Golden adapter(String base, String name) {
    String folder = base + "/adapters/" + name;
    return new Golden(
        ROOT.resolve(base), Optional.of(ROOT.resolve(folder)), read(folder + "/expected.json"));
  }

  /** Copies a model's files, without the adapters beside them, into a folder. */
  static void copy(Path model, Path folder) throws IOException {
    for (Path file : CheckpointLocation.list(model)) {
      if (Files.isRegularFile(file)) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private static JsonNode read(String file) {
    return read(ROOT.resolve(file));
  }

  private static JsonNode read(Path file) {
    try {
      return Json.mapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LocalRunner open() {
    return LocalRunner.open(spec(DType.FLOAT32));
  }

  /** Opens it with a kernel that multiplies in a given way, whatever is fastest here. */
  LocalRunner open(DType dtype, Arithmetic arithmetic) {
    return LocalRunner.open(
        spec(dtype),
        RunnerOptions.usual(),
        blueprint -> Kernel.compile(blueprint.attributes(), arithmetic));
  }

  private ModelSpec spec(DType dtype) {
    return new ModelSpec(
        model, dtype, adapter.map(path -> Map.of("adapter", path)).orElse(Map.of()));
  }

  Optional<String> adapterName() {
    return adapter.map(path -> "adapter");
  }

  List<ScoreRequest> scoreRequests() {
    List<ScoreRequest> requests = new ArrayList<>();
    for (JsonNode entry : expected.get("loglikelihood")) {
      requests.add(
          new ScoreRequest(
              ints(entry.get("context_ids")), List.of(ints(entry.get("continuation_ids")))));
    }
    return requests;
  }

  List<int[]> prompts() {
    List<int[]> prompts = new ArrayList<>();
    expected.get("generate").forEach(entry -> prompts.add(ints(entry.get("prompt_ids"))));
    return prompts;
  }

  static int[] ints(JsonNode list) {
    int[] values = new int[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).intValue();
    }
    return values;
  }

  static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).floatValue();
    }
    return values;
  }

  @Override
  public String toString() {
    return ROOT.getParent().relativize(adapter.orElse(model)).toString();
  }
}
