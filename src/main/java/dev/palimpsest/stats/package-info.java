/**
 * Statistics of paired comparisons as pure functions: no state, no clock, no input or output. What
 * each figure means in words is in docs/STATISTICS.md.
 */
package dev.palimpsest.stats;
