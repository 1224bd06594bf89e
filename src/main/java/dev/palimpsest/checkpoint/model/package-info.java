/** Whole checkpoints, whichever format they are in: start at {@code Checkpoint}. */
package dev.palimpsest.checkpoint.model;
