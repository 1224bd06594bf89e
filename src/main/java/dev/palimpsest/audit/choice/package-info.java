/**
 * Which of several checkpoints, or of one adapter's scales, to release: chosen on some items and
 * certified on others, so that choosing does not flatter what is chosen.
 */
package dev.palimpsest.audit.choice;
