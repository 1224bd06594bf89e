/** Tasks whose written answers are checked by program. */
package dev.palimpsest.suite.instruction;
