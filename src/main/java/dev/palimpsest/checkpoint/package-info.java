/**
 * What all readers of model files stand on: files, configurations, digests, and the one failure.
 */
package dev.palimpsest.checkpoint;
