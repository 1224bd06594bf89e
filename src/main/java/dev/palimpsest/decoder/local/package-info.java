/** Runs checkpoints on this machine: a base, its adapters, and two of them side by side. */
package dev.palimpsest.decoder.local;
