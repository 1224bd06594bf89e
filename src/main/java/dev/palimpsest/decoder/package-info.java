/** Inference: from checkpoint files to log-likelihoods and text. */
package dev.palimpsest.decoder;
