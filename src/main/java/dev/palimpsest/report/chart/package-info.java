/**
 * Drawings of a report, made as SVG where the report is made: no script, no other file, the same
 * digits in every locale. A drawing knows values, words and how a verdict looks, and nothing of
 * reports; it brings light colours of its own along, and pages restyle it through the classes
 * {@code pf-…}. Colour is never alone: shapes, signs and printed numbers say the same.
 */
package dev.palimpsest.report.chart;
