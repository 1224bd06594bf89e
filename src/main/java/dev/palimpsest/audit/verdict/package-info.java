/**
 * What the paired outcomes prove: findings with their statistics, the grammar that turns them into
 * verdicts, and the verdict on a release. Nothing here reads a store; docs/STATISTICS.md has the
 * formulas.
 */
package dev.palimpsest.audit.verdict;
