/** Questions with one right answer among a few, graded by log-likelihood. */
package dev.palimpsest.suite.choice;
