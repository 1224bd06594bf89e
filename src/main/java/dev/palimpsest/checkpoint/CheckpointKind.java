package dev.palimpsest.checkpoint;

/** What a path holds. */
public enum CheckpointKind {
  /** A folder with config.json and safetensors files. */
  HUGGING_FACE,
  /** A file in the format of llama.cpp. */
  GGUF,
  /** An adapter, a change over a base: a folder of PEFT or mlx-lm, or a GGUF file. */
  ADAPTER
}
