package dev.palimpsest.inference;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a runner says of the model it loaded; it goes into the provenance of every outcome.
 *
 * @param family the architecture, as config.json names it ("llama")
 * @param parameters number of weights
 * @param weights how the base's weights are stored, most of them first ("NF4, F16"); "" if unknown
 * @param maxLength the longest sequence the model takes, in tokens
 * @param vocabularySize rows of the output head
 * @param device "cpu" or "cuda:0"
 * @param engine name and version of the engine
 * @param tokenizerDigest sha256 of the tokenizer's content, lower-case hex
 * @param templateDigest sha256 of the chat template, or "" if it has none
 * @param adapterFormats formats of the adapters that are not asked as the base is, by name
 * @param notes what is worth knowing of tokenizer and template, by the adapter's name, "" for the
 *     base, whose notes stand for the adapters that are not named
 */
public record ModelDescription(
    String family,
    long parameters,
    String weights,
    int maxLength,
    int vocabularySize,
    String device,
    String engine,
    String tokenizerDigest,
    String templateDigest,
    Map<String, PromptFormat> adapterFormats,
    Map<String, PromptNotes> notes) {
  public ModelDescription {
    Objects.requireNonNull(family, "family is null");
    Objects.requireNonNull(weights, "weights is null");
    Objects.requireNonNull(device, "device is null");
    Objects.requireNonNull(engine, "engine is null");
    Objects.requireNonNull(tokenizerDigest, "tokenizerDigest is null");
    Objects.requireNonNull(templateDigest, "templateDigest is null");
    adapterFormats = Map.copyOf(adapterFormats);
    notes = notes == null ? Map.of() : Map.copyOf(notes);
  }

  /** Describes a model whose adapters, if there are any, are asked as the base is. */
  public ModelDescription(
      String family,
      long parameters,
      int maxLength,
      int vocabularySize,
      String device,
      String engine,
      String tokenizerDigest,
      String templateDigest) {
    this(
        family,
        parameters,
        "",
        maxLength,
        vocabularySize,
        device,
        engine,
        tokenizerDigest,
        templateDigest,
        Map.of(),
        Map.of());
  }

  /** Returns what is worth knowing of the base's tokenizer and template, or of an adapter's. */
  public PromptNotes notes(Optional<String> adapter) {
    PromptNotes base = notes.getOrDefault("", PromptNotes.NONE);
    return of(adapter, notes, base);
  }

  /** Returns what the prompts of the base, or of an adapter, are encoded by. */
  public PromptFormat format(Optional<String> adapter) {
    PromptFormat base = new PromptFormat(tokenizerDigest, templateDigest);
    return of(adapter, adapterFormats, base);
  }

  /** At whatever scale, an adapter is asked in the same way. */
  private static <T> T of(Optional<String> adapter, Map<String, T> own, T base) {
    return adapter
        .map(name -> own.getOrDefault(AdapterAtScale.parse(name).name(), base))
        .orElse(base);
  }
}
