/**
 * Benchmarks in the files they are published in, made into suites. Every format is a class here and
 * a line in {@link dev.palimpsest.suite.importer.ImportKind}; docs/SUITES.md says what becomes
 * what.
 */
package dev.palimpsest.suite.importer;
