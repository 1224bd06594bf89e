/**
 * What is particular to a model family: numbers, module names, positions.
 *
 * <p>A new family is a class here and a line in {@link dev.palimpsest.decoder.family.Families},
 * which inspection reads too ({@link dev.palimpsest.decoder.family.DescribedFamilies} only hands it
 * on). The other places: a folder of golden values in {@code src/test/resources/golden} with a line
 * in {@code DecoderGoldenTest}, made by {@code bench/family_golden.py}; the list in README.md.
 * Where it exists as GGUF, an entry in {@code checkpoint.gguf.GgufArchitectures} and a case in
 * {@code bench/gguf_golden.py}; where its tokenizer has a class of its own, {@code
 * prompt.TokenizerClass}; where it computes what no family does yet, {@code Blueprint} and the
 * files of {@code decoder.kernel}.
 */
package dev.palimpsest.decoder.family;
