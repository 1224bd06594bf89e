/**
 * The same choice items asked in other ways, so that what was lost can be told apart: knowledge, or
 * the way to it, or only the form of the answer.
 */
package dev.palimpsest.suite.variant;
