/**
 * The checkpoints of one installation: registered from an allowed folder or uploaded, then checked
 * in the background and either READY or REJECTED with reasons.
 *
 * <p>An upload is a row per file with the number of bytes that are durably on disk. Its bytes lie
 * in {@code uploads/<checkpoint>/<upload>.part} under a name the server made; they reach {@code
 * checkpoints/<checkpoint>} by renames, and only when every file is whole.
 */
package dev.palimpsest.registry;
