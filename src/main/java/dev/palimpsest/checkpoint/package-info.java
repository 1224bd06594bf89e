/** Model files on disk: formats, strict validation, digests, inspection. */
package dev.palimpsest.checkpoint;
