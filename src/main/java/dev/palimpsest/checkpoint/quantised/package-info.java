/** Weights that a method stores in several tensors, read as the float32 they stand for. */
package dev.palimpsest.checkpoint.quantised;
