/** Number formats of tensors on disk: bytes in, float32 out; no files, no names. */
package dev.palimpsest.checkpoint.block;
