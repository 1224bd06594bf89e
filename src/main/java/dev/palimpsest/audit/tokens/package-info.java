/**
 * How likely both models find the tokens of an item's answers, one by one: asked of a worker when
 * somebody wants to see it, and kept. It explains an item and decides nothing.
 */
package dev.palimpsest.audit.tokens;
