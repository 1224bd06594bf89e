/** The forward pass: a TorchScript program and the typed calls into it. */
package dev.palimpsest.decoder.kernel;
