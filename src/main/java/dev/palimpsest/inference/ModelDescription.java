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
 * @param endNotes where answers may run on past the end that the files mean: a sentence each, by
 *     the adapter's name, "" for the base
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
    Map<String, String> endNotes) {
  public ModelDescription {
    Objects.requireNonNull(family, "family is null");
    Objects.requireNonNull(weights, "weights is null");
    Objects.requireNonNull(device, "device is null");
    Objects.requireNonNull(engine, "engine is null");
    Objects.requireNonNull(tokenizerDigest, "tokenizerDigest is null");
    Objects.requireNonNull(templateDigest, "templateDigest is null");
    adapterFormats = Map.copyOf(adapterFormats);
    endNotes = endNotes == null ? Map.of() : Map.copyOf(endNotes);
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

  /** Returns in a sentence where answers may run on past their end, if they may. */
  public Optional<String> endNote(Optional<String> adapter) {
    return Optional.ofNullable(endNotes.get(adapter.orElse("")));
  }

  /** Returns what the prompts of the base, or of an adapter, are encoded by. */
  public PromptFormat format(Optional<String> adapter) {
    PromptFormat base = new PromptFormat(tokenizerDigest, templateDigest);
    return adapter.map(name -> adapterFormats.getOrDefault(name, base)).orElse(base);
  }
}
