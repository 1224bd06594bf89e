/**
 * Passages of text files, found by their words: BM25 as Lucene computes it, in memory, over a
 * folder that stays where it is. It knows nothing of suites, models or audits.
 */
package dev.palimpsest.retrieval;
