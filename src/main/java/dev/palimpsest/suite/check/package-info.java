/**
 * Checks: small programs that say whether a generated answer obeys an instruction, and why.
 *
 * <p>Every check is one record here and one entry in {@link
 * dev.palimpsest.suite.check.CheckRegistry}; docs/SUITES.md shows each with an example.
 */
package dev.palimpsest.suite.check;
