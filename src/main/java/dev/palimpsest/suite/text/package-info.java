/** Passages of plain text, whose likelihood shows the slightest change of a model. */
package dev.palimpsest.suite.text;
