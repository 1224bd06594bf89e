package dev.palimpsest.decoder;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What a runner is asked to load: one base checkpoint and the adapters that are switched over it.
 *
 * @param checkpoint a Hugging Face folder or a GGUF file
 * @param dtype the type the forward pass computes in
 * @param adapters PEFT adapter folders by the name they are asked for with
 */
public record ModelSpec(Path checkpoint, DType dtype, Map<String, Path> adapters) {
  public ModelSpec {
    Objects.requireNonNull(checkpoint, "checkpoint is null");
    Objects.requireNonNull(dtype, "dtype is null");
    adapters = Map.copyOf(adapters);
  }
}
