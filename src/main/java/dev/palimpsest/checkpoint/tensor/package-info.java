/** Tensors as they are stored, by name: types, shapes, places in files, and reading as float32. */
package dev.palimpsest.checkpoint.tensor;
