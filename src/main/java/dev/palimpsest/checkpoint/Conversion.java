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

  private Conversion() {}

  /** Converts the weights of a model that a trainer saved as one dictionary. */
  static String stateDict(String file) {
    return "python -c \"import torch; from safetensors.torch import save_file;"
        + " save_file({k: v.clone() for k, v in torch.load('DIR/"
        + file
        + "', map_location='cpu', weights_only=True).items()}, 'DIR/model.safetensors')\"";
  }
}
