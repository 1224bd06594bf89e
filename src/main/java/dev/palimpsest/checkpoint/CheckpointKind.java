package dev.palimpsest.checkpoint;

/** What a path holds. */
public enum CheckpointKind {
  /** A folder with config.json and safetensors files. */
  HUGGING_FACE,
  /** A file in the format of llama.cpp. */
  GGUF,
  /** A PEFT adapter: a change over a base. */
  ADAPTER
}
