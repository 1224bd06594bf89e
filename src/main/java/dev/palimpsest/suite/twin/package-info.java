/** Questions about what exists and their twins about what does not, answered freely. */
package dev.palimpsest.suite.twin;
