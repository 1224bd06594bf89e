/**
 * Amplified sampling: looks for careless answers that are rare, with the tune exaggerated.
 *
 * <p>Open questions are answered with the adapter at more than its own scale, and from logits
 * beyond the tuned ones, tuned + α (tuned − base). What is careless by marker is a candidate, and a
 * number of candidates is no rate of anything: the exaggerated model is another model. The
 * questions that gave a candidate are asked again as the audit asks them, and only that is counted
 * as a rate, of questions that were chosen for it. Everything here is exploratory and no gate.
 */
package dev.palimpsest.audit.amplified;
