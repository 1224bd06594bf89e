package dev.palimpsest.checkpoint;

import java.util.Optional;

/**
 * The change that an adapter makes to one module: W + scaling · B·A.
 *
 * @param module the base's module, for example {@code model.layers.0.self_attn.q_proj}
 * @param a the adapter's tensor A, [rank, in]; for an embedding [rank, vocabulary]
 * @param b the adapter's tensor B, [out, rank]; for an embedding [hidden, rank]
 * @param magnitude DoRA's magnitudes, [out], if it uses them
 * @param rank the inner size
 * @param scaling the factor of B·A
 * @param embedding whether the module is an embedding, whose change is (B·A) transposed
 */
public record LoraModule(
    String module,
    String a,
    String b,
    Optional<String> magnitude,
    int rank,
    double scaling,
    boolean embedding) {}
