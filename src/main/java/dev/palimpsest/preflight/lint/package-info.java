/**
 * Faults of training data that trainers pass over in silence: one class for each, and a line in
 * {@link dev.palimpsest.preflight.lint.Lint}.
 */
package dev.palimpsest.preflight.lint;
