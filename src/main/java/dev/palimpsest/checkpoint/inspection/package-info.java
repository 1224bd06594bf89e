/** What {@code inspect} checks and says of a checkpoint, before anything runs it. */
package dev.palimpsest.checkpoint.inspection;
