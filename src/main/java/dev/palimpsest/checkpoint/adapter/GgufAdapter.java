package dev.palimpsest.checkpoint.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.gguf.GgufFile;
import dev.palimpsest.checkpoint.gguf.GgufLora;
import dev.palimpsest.checkpoint.tensor.RenamedTensors;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells a LoRA adapter in a GGUF file in the vocabulary of PEFT. */
final class GgufAdapter {
  private GgufAdapter() {}

  static AdapterFiles open(Path path) {
    GgufFile file = GgufFile.open(path);
    try {
      GgufLora lora = GgufLora.of(file);
      return new AdapterFiles(
          "llama.cpp",
          file.name(),
          config(file.name(), lora),
          prefixed(file.name(), lora.tensors()),
          lora.interleaved(),
          lora.modelTypes(),
          List.of(),
          file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static ModelConfig config(String name, GgufLora lora) {
    ObjectNode node = LoraConfigs.of(lora.ranks());
    if (lora.alpha() == 0) {
      LoraConfigs.putAlphas(node, lora.ranks(), 1); // products as they are: alpha is the rank
    } else {
      node.put("lora_alpha", lora.alpha());
    }
    lora.baseModel().ifPresent(base -> node.put("base_model_name_or_path", base));
    return new ModelConfig(name, node);
  }

  private static TensorStore prefixed(String name, TensorStore tensors) {
    Map<String, String> stored = new LinkedHashMap<>();
    tensors.names().forEach(tensor -> stored.put(AdapterNames.PREFIX + tensor, tensor));
    return new RenamedTensors(name, tensors, stored);
  }
}
