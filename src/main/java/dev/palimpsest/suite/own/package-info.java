/**
 * Suites that people make here: read from a pasted table or a file with every fault at once ({@link
 * dev.palimpsest.suite.own.OwnDraft}), and kept in the database in versions that never change
 * ({@link dev.palimpsest.suite.own.OwnSuites}).
 */
package dev.palimpsest.suite.own;
