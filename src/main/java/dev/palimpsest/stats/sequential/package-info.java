/**
 * Gates that may be decided at any item: e-processes, the confidence sequences that they invert to,
 * and which items are worth asking. Pure functions of what was seen, in its order;
 * docs/STATISTICS.md, "Decided early".
 */
package dev.palimpsest.stats.sequential;
