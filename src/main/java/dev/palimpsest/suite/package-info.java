/**
 * Probes: suites, items and the scorers that turn what a model said into a score.
 *
 * <p>A suite is two files in a folder, {@code suite.json} and {@code items.jsonl}; docs/SUITES.md
 * is the format. {@link dev.palimpsest.suite.SuiteLibrary} reads suites. What is asked, how it is
 * graded and how that is told stands with each kind, in {@code choice}, {@code margin} and {@code
 * instruction}; {@link dev.palimpsest.suite.Item} is what a kind has to have, and {@link
 * dev.palimpsest.suite.ItemKind} lists them.
 */
package dev.palimpsest.suite;
