/**
 * Probes whose words stand in the training file: what was learned there says nothing about the
 * rest.
 */
package dev.palimpsest.preflight.overlap;
