package dev.palimpsest.inference;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a runner is asked to load: one base checkpoint and the adapters that are switched over it,
 * or a model behind a server.
 *
 * @param checkpoint a Hugging Face folder or a GGUF file
 * @param dtype the type the forward pass computes in
 * @param adapters PEFT adapter folders by the name they are asked for with
 * @param template the checkpoint whose chat template everything is asked through; empty for each
 *     its own
 * @param endpoint the server whose model is asked; where there is one, no file is read
 */
public record ModelSpec(
    Path checkpoint,
    DType dtype,
    Map<String, Path> adapters,
    Optional<Path> template,
    Optional<EndpointAddress> endpoint) {
  public ModelSpec {
    Objects.requireNonNull(template, "template is null");
    Objects.requireNonNull(checkpoint, "checkpoint is null");
    Objects.requireNonNull(dtype, "dtype is null");
    Objects.requireNonNull(endpoint, "endpoint is null");
    adapters = Map.copyOf(adapters);
  }

  /** Asks for a base and adapters, whatever template they are asked through. */
  public ModelSpec(
      Path checkpoint, DType dtype, Map<String, Path> adapters, Optional<Path> template) {
    this(checkpoint, dtype, adapters, template, Optional.empty());
  }

  /** Asks for a base and adapters, each asked through its own chat template. */
  public ModelSpec(Path checkpoint, DType dtype, Map<String, Path> adapters) {
    this(checkpoint, dtype, adapters, Optional.empty());
  }
}
