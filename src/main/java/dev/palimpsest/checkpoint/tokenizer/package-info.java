/** What tokenizer files have to satisfy before native code sees them, and SentencePiece models. */
package dev.palimpsest.checkpoint.tokenizer;
