/** The GGUF format of llama.cpp, told in Hugging Face names, order and config fields. */
package dev.palimpsest.checkpoint.gguf;
