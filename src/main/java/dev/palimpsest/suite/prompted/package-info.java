/**
 * Items as the base is asked them where a prompt might do what a tune does: after worked examples,
 * under a system prompt, with passages from a folder. They are graded as the plain items are.
 */
package dev.palimpsest.suite.prompted;
