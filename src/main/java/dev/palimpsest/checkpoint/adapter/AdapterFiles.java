package dev.palimpsest.checkpoint.adapter;

import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.io.Closeable;
import java.util.List;
import java.util.Set;

/**
 * An adapter's configuration and tensors in the vocabulary of PEFT, whichever form they are in.
 *
 * @param form how people call the form
 * @param weights the file with the weights
 * @param config what adapter_config.json would say
 * @param tensors by the names that PEFT gives them
 * @param interleaved modules whose rows of B are interleaved head by head, as in llama.cpp
 * @param modelTypes the model_types of bases it may be for; empty for any
 * @param notes what should be known, in sentences that follow the adapter's name
 * @param open what is to be closed
 */
record AdapterFiles(
    String form,
    String weights,
    ModelConfig config,
    TensorStore tensors,
    Set<String> interleaved,
    Set<String> modelTypes,
    List<String> notes,
    Closeable open) {}
