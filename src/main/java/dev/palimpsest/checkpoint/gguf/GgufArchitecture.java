package dev.palimpsest.checkpoint.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * How an architecture of llama.cpp is told in the vocabulary of Hugging Face.
 *
 * @param id its name in {@code general.architecture}
 * @param when which files of the name it is for
 * @param modelType the family, as config.json names it
 * @param huggingFaceClass the model's class in transformers
 * @param interleaved whether rows of q and k stand interleaved within each head
 * @param normShift what the converter adds to the weights of norms
 * @param names the names of its tensors
 * @param details puts what the config has beyond a Llama's
 */
record GgufArchitecture(
    String id,
    Predicate<GgufKeys> when,
    String modelType,
    String huggingFaceClass,
    boolean interleaved,
    float normShift,
    GgufNames names,
    BiConsumer<GgufKeys, ObjectNode> details) {
  /** Begins as a Llama whose heads are rotated as transformers does. */
  static GgufArchitecture of(String id, String modelType, String huggingFaceClass) {
    return new GgufArchitecture(
        id,
        keys -> true,
        modelType,
        huggingFaceClass,
        false,
        0,
        GgufNames.LLAMA,
        (keys, config) -> {});
  }

  GgufArchitecture when(Predicate<GgufKeys> test) {
    return new GgufArchitecture(
        id, test, modelType, huggingFaceClass, interleaved, normShift, names, details);
  }

  GgufArchitecture withInterleavedHeads() {
    return new GgufArchitecture(
        id, when, modelType, huggingFaceClass, true, normShift, names, details);
  }

  GgufArchitecture withNormsPlusOne() {
    return new GgufArchitecture(
        id, when, modelType, huggingFaceClass, interleaved, 1, names, details);
  }

  GgufArchitecture named(GgufNames other) {
    return new GgufArchitecture(
        id, when, modelType, huggingFaceClass, interleaved, normShift, other, details);
  }

  GgufArchitecture with(BiConsumer<GgufKeys, ObjectNode> other) {
    return new GgufArchitecture(
        id, when, modelType, huggingFaceClass, interleaved, normShift, names, other);
  }
}
