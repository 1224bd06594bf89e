/**
 * Signed statements: in-toto Statements v1 in DSSE 1.0.2 envelopes.
 *
 * <p>What is signed is {@code "DSSEv1 " + length of type + " " + type + " " + length of payload + "
 * " + payload}, lengths in bytes, decimal. Nothing but the payload that was verified is parsed; a
 * key id is a hint and decides nothing.
 */
package dev.palimpsest.evidence.statement;
