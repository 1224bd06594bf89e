/**
 * Looks at training files that people ask for in the browser: one at a time, and their results
 * kept.
 */
package dev.palimpsest.preflight.job;
