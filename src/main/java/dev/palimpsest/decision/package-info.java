/**
 * Deciding on checkpoints: what state each tuned checkpoint of a report is in, who may decide and
 * what they have to accept by name, what waits for whom, and which approved checkpoint is the
 * reference of its base. docs/SIGN-OFF.md says it to those who sign.
 *
 * <p>A state is never stored: it follows from the decisions, which are only ever added, from the
 * report that there is now and from the day. So a decision that is void or expired is shown as such
 * at once, and nothing has to run for it.
 */
package dev.palimpsest.decision;
