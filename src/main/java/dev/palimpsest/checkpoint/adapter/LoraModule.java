package dev.palimpsest.checkpoint.adapter;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The change that an adapter makes to one module: W + scaling · B·A.
 *
 * <p>A parameter that holds the weights of many experts has the changes of all in one A, expert by
 * expert, and in one B, whose columns belong to each expert in turn.
 *
 * @param module the base's module, for example {@code model.layers.0.self_attn.q_proj}
 * @param parameter name of the module's parameter of many experts, if it is one
 * @param a the adapter's tensor A, [rank, in]; for an embedding [rank, vocabulary]
 * @param b the adapter's tensor B, [out, rank]; for an embedding [hidden, rank]
 * @param bias what is added beside B·A, [out], also times the scaling
 * @param magnitude DoRA's magnitudes, [out], if it uses them
 * @param rank the inner size, of one expert
 * @param scaling the factor of B·A
 * @param embedding whether the module is an embedding, whose change is (B·A) transposed
 */
public record LoraModule(
    String module,
    Optional<String> parameter,
    String a,
    String b,
    Optional<String> bias,
    Optional<String> magnitude,
    int rank,
    double scaling,
    boolean embedding) {
  /**
   * Returns the module's name in the files of a base, where that is another: transformers 5 calls
   * {@code mlp} what Mixtral's files call {@code block_sparse_moe}.
   *
   * @param tensors tells which tensors the base has
   */
  public String moduleIn(Predicate<String> tensors) {
    String other = module.replace(".mlp.", ".block_sparse_moe.");
    boolean renamed = !tensors.test(module + ".weight") && tensors.test(other + ".weight");
    return renamed ? other : module;
  }
}
