/**
 * Probes: suites, items and the scorers that turn what a model said into a score.
 *
 * <p>A suite is two files in a folder, {@code suite.json} and {@code items.jsonl}; docs/SUITES.md
 * is the format. {@link dev.palimpsest.suite.SuiteLibrary} reads suites, {@link
 * dev.palimpsest.suite.Scorers} scores items.
 */
package dev.palimpsest.suite;
