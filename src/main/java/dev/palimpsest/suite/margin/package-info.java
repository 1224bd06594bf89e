/** Situations with a good and a bad way to act, compared by log-likelihood. */
package dev.palimpsest.suite.margin;
