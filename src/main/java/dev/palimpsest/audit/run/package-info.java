/**
 * The persistent job of a frozen plan: its queue and its lease, the batches that are asked of a
 * model, the grading of what came back, and where outcomes are stored and read again.
 */
package dev.palimpsest.audit.run;
