/**
 * The export bundle: a zip of a report, its renderings, and signed statements about it.
 * docs/EVIDENCE.md lists the members.
 */
package dev.palimpsest.evidence.bundle;
