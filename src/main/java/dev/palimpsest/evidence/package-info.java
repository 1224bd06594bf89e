/**
 * Evidence that somebody who does not trust this installation can check: keys, signed statements,
 * the export bundle, and its verification. docs/EVIDENCE.md describes the formats and what they
 * prove.
 */
package dev.palimpsest.evidence;
