/** The contract of inference: what is asked of a model, and what it answers. */
package dev.palimpsest.inference;
