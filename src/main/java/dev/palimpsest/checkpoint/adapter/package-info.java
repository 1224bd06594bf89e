/** PEFT adapters: their configuration, their tensors, and whether they fit a base. */
package dev.palimpsest.checkpoint.adapter;
