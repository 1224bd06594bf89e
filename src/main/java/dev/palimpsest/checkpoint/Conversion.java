package dev.palimpsest.checkpoint;

/**
 * The commands that turn executable weight formats into safetensors, on a machine of the user's.
 */
public final class Conversion {
  /** Converts a model folder. */
  static final String COMMAND =
      "python -c \"from transformers import AutoModelForCausalLM as M;"
          + " M.from_pretrained('DIR').save_pretrained('OUT', safe_serialization=True)\"";

  /** Converts an adapter folder. */
  public static final String ADAPTER_COMMAND =
      "python -c \"import torch; from safetensors.torch import save_file;"
          + " save_file(torch.load('DIR/adapter_model.bin', map_location='cpu', weights_only=True),"
          + " 'DIR/adapter_model.safetensors')\"";

  /** Merges an adapter into its base with PEFT; OUT is a checkpoint with its tokenizer. */
  public static final String MERGE_COMMAND =
      "python -c \"from transformers import AutoModelForCausalLM as M, AutoTokenizer as T; from peft"
          + " import PeftModel as P; P.from_pretrained(M.from_pretrained('BASE', dtype='float32'),"
          + " 'DIR').merge_and_unload().save_pretrained('OUT');"
          + " T.from_pretrained('BASE').save_pretrained('OUT')\"";

  private Conversion() {}

  /**
   * Converts the weights of a model that a trainer saved as one dictionary.
   *
   * @param file the path in the folder
   * @param part what of the file's content is the dictionary, as Python has it
   */
  static String stateDict(String file, String part) {
    return "python -c \"import torch; from safetensors.torch import save_file;"
        + " save_file({k: v.clone() for k, v in torch.load('DIR/"
        + file
        + "', map_location='cpu', weights_only=True)"
        + part
        + ".items()}, 'DIR/model.safetensors')\"";
  }
}
