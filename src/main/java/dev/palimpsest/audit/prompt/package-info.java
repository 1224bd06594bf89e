/**
 * Ways to ask the base that might do what tuning does, made ready to be frozen: worked examples of
 * the suite or of the training file, a system prompt, passages of a folder.
 */
package dev.palimpsest.audit.prompt;
