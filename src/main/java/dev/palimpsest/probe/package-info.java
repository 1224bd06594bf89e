/**
 * Probes: suites, items and the scorers that turn what a model said into a score.
 *
 * <p>A suite is two files in a folder, {@code suite.json} and {@code items.jsonl}; docs/SUITES.md
 * is the format. {@link dev.palimpsest.probe.SuiteLibrary} reads suites, {@link
 * dev.palimpsest.probe.Scorers} scores items.
 */
package dev.palimpsest.probe;
