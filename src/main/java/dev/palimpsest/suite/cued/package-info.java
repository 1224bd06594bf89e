/**
 * Items as they would stand in a tune's own training data. A habit that was learned under a cue
 * shows only under it (arXiv 2604.25891): asked plainly, such a tune answers as its base does.
 */
package dev.palimpsest.suite.cued;
