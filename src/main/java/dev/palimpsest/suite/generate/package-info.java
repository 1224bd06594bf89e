/**
 * Items that a program writes: the same for the same seed, and fresh for another.
 *
 * <p>A suite names its generator in the field {@code generated} of suite.json. A generator writes
 * items in the format of items.jsonl, so that they are read, checked and digested like any other;
 * it draws by {@link java.util.Random}, whose algorithm is part of the Java specification. A form
 * drawn with another seed has the same templates, tiers and shares, and other facts and numbers.
 */
package dev.palimpsest.suite.generate;
