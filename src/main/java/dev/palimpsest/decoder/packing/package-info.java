/** How prompts and continuations are laid out for the kernel so that nothing is computed twice. */
package dev.palimpsest.decoder.packing;
