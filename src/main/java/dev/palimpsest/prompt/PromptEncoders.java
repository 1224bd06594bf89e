package dev.palimpsest.prompt;

import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.AdapterAtScale;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PromptFormat;
import dev.palimpsest.inference.PromptNotes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The encoders of a base and of its adapters: an adapter that brings a tokenizer or a chat template
 * of its own is asked through those, as it will be where it is deployed.
 */
public final class PromptEncoders implements Encoder {
  private final PromptEncoder base;

  private final Map<String, PromptEncoder> adapters = new HashMap<>();

  private PromptEncoders(PromptEncoder base) {
    this.base = base;
  }

  /**
   * Opens what a spec asks for; weights are not read.
   *
   * @throws dev.palimpsest.checkpoint.CheckpointException if a file is missing or broken
   */
  public static PromptEncoders open(ModelSpec spec) {
    try (Checkpoint checkpoint = Checkpoint.open(spec.checkpoint())) {
      return open(checkpoint, spec);
    }
  }

  /** Opens what a spec asks for of a checkpoint that is open already. */
  public static PromptEncoders open(Checkpoint checkpoint, ModelSpec spec) {
    PromptEncoder base = PromptEncoder.open(checkpoint, template(checkpoint, spec));
    PromptEncoders encoders = new PromptEncoders(base);
    try {
      for (Map.Entry<String, Path> adapter : spec.adapters().entrySet()) {
        base.over(adapter.getValue(), spec.template().isEmpty())
            .ifPresent(own -> encoders.adapters.put(adapter.getKey(), own));
      }
      return encoders;
    } catch (RuntimeException e) {
      encoders.close();
      throw e;
    }
  }

  private static Optional<ChatTemplate> template(Checkpoint checkpoint, ModelSpec spec) {
    if (spec.template().isEmpty()) {
      return ChatTemplate.of(checkpoint);
    }
    try (Checkpoint other = Checkpoint.open(spec.template().get())) {
      return ChatTemplate.of(other);
    }
  }

  @Override
  public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
    PromptEncoder encoder = of(adapter);
    return requests.stream().map(encoder::encode).toList();
  }

  @Override
  public PromptFormat format(Optional<String> adapter) {
    return of(adapter).format();
  }

  /** Returns the formats of the adapters that are not asked as the base is. */
  public Map<String, PromptFormat> ownFormats() {
    Map<String, PromptFormat> formats = new HashMap<>();
    adapters.forEach((name, encoder) -> formats.put(name, encoder.format()));
    return formats;
  }

  @Override
  public PromptNotes notes(Optional<String> adapter) {
    return of(adapter).notes();
  }

  /** Returns the notes of the base, by "", and of the adapters that are not asked as it is. */
  public Map<String, PromptNotes> notes() {
    Map<String, PromptNotes> notes = new HashMap<>();
    notes.put("", base.notes());
    adapters.forEach((name, encoder) -> notes.put(name, encoder.notes()));
    return notes;
  }

  /** Returns the encoder of the base, or of an adapter at whatever scale. */
  public PromptEncoder of(Optional<String> adapter) {
    return adapter
        .map(name -> adapters.getOrDefault(AdapterAtScale.parse(name).name(), base))
        .orElse(base);
  }

  @Override
  public void close() {
    adapters.values().forEach(PromptEncoder::close);
    base.close();
  }
}
