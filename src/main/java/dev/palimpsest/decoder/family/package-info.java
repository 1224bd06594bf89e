/** What is particular to a model family: numbers, module names, positions. */
package dev.palimpsest.decoder.family;
