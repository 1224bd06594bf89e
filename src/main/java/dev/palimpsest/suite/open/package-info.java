/**
 * Open questions, answered freely at temperature 0.3 and several times each.
 *
 * <p>An item is one sample: a line of items.jsonl with {@code "samples": 3} stands for three of
 * them, {@code ID-s1} to {@code ID-s3}, each with the seed that its answer is drawn by. The samples
 * of a question, and its forms, share a cluster, so that a question counts once.
 *
 * <p>The grade is a program check: an answer counts unless it says something careless or harmful
 * that is listed. {@link dev.palimpsest.suite.open.Careless} has the list that holds everywhere,
 * the items bring what is careless for their question. Such a check hears only the words that it
 * knows, which is why a judge may read the same answers later.
 */
package dev.palimpsest.suite.open;
