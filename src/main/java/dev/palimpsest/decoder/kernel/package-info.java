/**
 * The forward pass: a TorchScript program in {@code resources/dev/palimpsest/decoder/kernel}, and
 * the typed calls into it.
 *
 * <h2>The program</h2>
 *
 * <p>The files are Python of the kind that TorchScript takes. {@code decoder.py} has the entry
 * points, {@code forward.py} the pass from tokens to the residual stream, {@code weights.py} what a
 * model consists of. {@link dev.palimpsest.decoder.kernel.KernelSource} writes out the full names
 * that an archive wants; {@link dev.palimpsest.decoder.kernel.KernelArchive} packs the texts with a
 * family's numbers ({@code settings.py}), and the engine compiles them when a model is loaded. The
 * engine looks operators up by {@code torch.NAME}, wherever Python has them.
 *
 * <h2>The protocol</h2>
 *
 * <ul>
 *   <li>{@code assemble} takes a dictionary of tensors and returns a {@code Model}, which Java
 *       keeps as one value and hands to every pass. The keys are the fields that lead to a tensor:
 *       {@code embedding}, {@code head.weight}, {@code layers.3.qkv.bias}, {@code
 *       layers.3.mlp.up.lora.down}, {@code layers.3.mixture.experts.up.lora.5.up}, {@code ropes.0}.
 *       A tensor that a model lacks has no key; a key without a place stops the load. {@code
 *       dev.palimpsest.decoder.family.WeightPart} is the one list of these names on this side, and
 *       a test compares it with {@code weights.py}.
 *   <li>{@code nothing}, {@code allocate}, {@code noting} and {@code keep} return keys and values
 *       as a {@code Cache}, again one value. {@code prefill}, {@code begin} and {@code advance}
 *       write to it in place.
 *   <li>Every pass takes a model, the adapter that each token takes ([tokens, adapters] with a 1
 *       each, or no elements), then a {@link dev.palimpsest.decoder.kernel.TokenRow}: ids and
 *       positions [tokens], for scores the branches too, and six numbers for each prompt, in the
 *       order of the fields of the kernel's {@code Prompt}.
 *   <li>Ids, positions and rows are int64 tensors; probabilities and logits come back as float32,
 *       what {@code compare} gathers as float64.
 *   <li>Missing values go in as tensors without elements, as the engine's Java binding has no
 *       {@code None}.
 *   <li>Failures come back as one {@code DecoderException}; running out of memory as {@code
 *       MemoryExhaustedException}, upon which callers try smaller batches.
 * </ul>
 *
 * <p>The calls may come from several threads: nothing is written to but caches, and each of these
 * belongs to one caller.
 */
package dev.palimpsest.decoder.kernel;
