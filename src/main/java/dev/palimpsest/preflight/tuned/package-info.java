/**
 * What a tuned checkpoint shows of the file that it was trained on: how far it moved on its
 * prompts, and what of it comes back word for word.
 */
package dev.palimpsest.preflight.tuned;
