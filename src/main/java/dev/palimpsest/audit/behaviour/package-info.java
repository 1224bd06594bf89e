/**
 * How a model answers, whatever it is asked: length, variety, language, code, boilerplate,
 * refusals; and whether its answers depend on what they are about. Read off answers that were
 * generated for the suites anyway; described, never a gate.
 */
package dev.palimpsest.audit.behaviour;
