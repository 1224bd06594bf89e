"""make_model.py GGUF_FILE OUT_DIR: writes a GGUF checkpoint as a Hugging Face folder (float32 safetensors), for peers that read only that."""

import os
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def main(gguf, out):
    folder, name = os.path.split(os.path.abspath(gguf))
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32)
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    plain = type(model)(model.config)
    plain.load_state_dict(model.state_dict())
    plain.tie_weights()
    plain.save_pretrained(out)
    AutoTokenizer.from_pretrained(folder, gguf_file=name).save_pretrained(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
