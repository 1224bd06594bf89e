/** Checks a bundle without its installation: signatures, members, decisions, and the figures. */
package dev.palimpsest.evidence.verify;
