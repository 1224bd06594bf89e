/**
 * Adapters in the vocabulary of PEFT: their configuration, their tensors, and whether they fit a
 * base.
 */
package dev.palimpsest.checkpoint.adapter;
