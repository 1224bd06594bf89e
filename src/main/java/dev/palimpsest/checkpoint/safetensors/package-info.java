/** The safetensors format: headers, data ranges, and models in several files. */
package dev.palimpsest.checkpoint.safetensors;
