/** From the tensors of checkpoints and adapters to those that the kernel takes. */
package dev.palimpsest.decoder.weights;
