"""adapter_forms_golden.py ADAPTERS_DIR OUT_DIR: adapters in the forms of llama.cpp and mlx-lm, made of PEFT adapters over the bases of adapter_golden.py,
with the logits that PEFT computes with the same factors.

GGUF is written as llama.cpp's convert_lora_to_gguf.py does: lora_a and lora_b under the names of the base's matrices, rows of q and k interleaved head by
head where the base's are, the table's lora_a turned. mlx-lm keeps both factors turned and one scale."""

import json
import os
import shutil
import sys

import gguf
import numpy as np
import torch
from safetensors.torch import load_file, save_file
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
NAMES = {"self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
         "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
TYPES = {"f32": gguf.GGMLQuantizationType.F32, "f16": gguf.GGMLQuantizationType.F16, "bf16": gguf.GGMLQuantizationType.BF16,
         "q8_0": gguf.GGMLQuantizationType.Q8_0}


def load(base):
    return AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager").eval()


def make(base, options, seed):
    torch.manual_seed(seed)
    tuned = get_peft_model(load(base), LoraConfig(task_type="CAUSAL_LM", **options))
    with torch.no_grad():
        for name, parameter in tuned.named_parameters():
            if parameter.requires_grad:
                parameter.add_(torch.randn_like(parameter) * 0.2)
    return tuned


def expected(base, folder, seed):
    torch.manual_seed(seed)
    opened = PeftModel.from_pretrained(load(base), folder).eval()
    ids = [1] + torch.randint(3, opened.config.vocab_size, (21,)).tolist()
    with torch.no_grad():
        return {"ids": ids, "logits_last": [float(f"{x:.7g}") for x in opened(torch.tensor([ids])).logits[0, -1].tolist()]}


def permute(b, heads):
    return b.reshape(heads, 2, b.shape[0] // heads // 2, b.shape[1]).swapaxes(1, 2).reshape(b.shape)


def stored(array, kind):
    """What a type keeps of the numbers, and its bytes; rows that do not fill blocks stay float16, as the converter leaves them."""
    fits = kind != "q8_0" or array.shape[-1] % 32 == 0
    number = TYPES[kind if fits else "f16"]
    data = gguf.quants.quantize(np.ascontiguousarray(array), number)
    return data, number, gguf.quants.dequantize(data, number).reshape(array.shape)


def write_gguf(base, file, options, kind, seed, arch):
    tuned = make(base, options, seed)
    config = tuned.config
    work = file + ".peft"
    tuned.save_pretrained(work)
    tensors = load_file(os.path.join(work, "adapter_model.safetensors"))
    writer = gguf.GGUFWriter(file, arch)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(options["lora_alpha"]))
    kept = {}
    for key in [k for k in tensors if k.endswith("lora_A.weight") or k.endswith("lora_embedding_A")]:
        twin = key.replace("_A", "_B")
        module = key.split("base_model.model.")[1].rsplit(".lora_", 1)[0]
        table = module.endswith("embed_tokens")
        layer = module.split(".")[2] if module.startswith("model.layers") else None
        short = module.split(".", 3)[3] if layer else module
        name = "token_embd.weight" if table else "output.weight" if module == "lm_head" else f"blk.{layer}.{NAMES[short]}.weight"
        a, b = tensors[key].numpy(), tensors[twin].numpy()
        heads = {"self_attn.q_proj": config.num_attention_heads, "self_attn.k_proj": config.num_key_value_heads}.get(short)
        turned = heads and arch == "llama"
        data_a, type_a, back_a = stored(a.T if table else a, kind)
        data_b, type_b, back_b = stored(permute(b, heads) if turned else b, kind)
        writer.add_tensor(name + ".lora_a", data_a, raw_dtype=type_a)
        writer.add_tensor(name + ".lora_b", data_b, raw_dtype=type_b)
        kept[key] = torch.tensor(back_a.T.copy() if table else back_a)
        if turned:
            order = permute(np.arange(b.shape[0], dtype=np.float32)[:, None], heads)[:, 0].astype(int)
            plain = np.empty_like(back_b)
            plain[order] = back_b
            back_b = plain
        kept[twin] = torch.tensor(np.ascontiguousarray(back_b))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    save_file({k: v.contiguous() for k, v in kept.items()}, os.path.join(work, "adapter_model.safetensors"), metadata={"format": "pt"})
    with open(file.replace(".gguf", ".json"), "w") as f:
        json.dump(expected(base, work, seed), f)
    shutil.rmtree(work)


def write_mlx(base, folder, options, kind, scale, seed):
    """PEFT's alpha is scale times the rank; a full fine-tune of mlx-lm is modules_to_save."""
    tuned = make(base, options, seed)
    work = folder + ".peft"
    tuned.save_pretrained(work)
    tensors = load_file(os.path.join(work, "adapter_model.safetensors"))
    os.makedirs(folder, exist_ok=True)
    written = {}
    for key, value in tensors.items():
        name = key.split("base_model.model.")[1]
        if kind == "full":
            if "lora_" not in name:
                written[name] = value
        elif name.startswith("lm_head.") or "base_layer" in name:
            continue  # a tied head is the table itself, and the base is not saved
        elif "lora_magnitude" in name:
            written[name.split(".lora_")[0] + ".m"] = value
        else:
            end = "lora_a" if "_A" in name else "lora_b"
            written[name.split(".lora_")[0] + "." + end] = value.T.contiguous()
    if kind == "full":
        tensors = {k: torch.zeros_like(v) if "lora_B" in k else v for k, v in tensors.items()}
        save_file(tensors, os.path.join(work, "adapter_model.safetensors"), metadata={"format": "pt"})
    save_file(written, os.path.join(folder, "adapters.safetensors"))
    with open(os.path.join(folder, "adapter_config.json"), "w") as f:
        json.dump({"fine_tune_type": kind, "num_layers": 16, "model": os.path.basename(base),
                   "lora_parameters": {"rank": options["r"], "dropout": 0.0, "scale": scale}}, f, indent=1)
    with open(os.path.join(folder, "expected.json"), "w") as f:
        json.dump(expected(base, work, seed), f)
    shutil.rmtree(work)


def main(adapters, out):
    torch.set_num_threads(1)
    for base, arch in (("llama_tied", "llama"), ("qwen2", "qwen2")):
        source = os.path.join(adapters, base)
        os.makedirs(os.path.join(out, base), exist_ok=True)
        path = lambda name: os.path.join(out, base, name)
        for number, kind in enumerate(TYPES):
            rank = 32 if kind == "q8_0" else 4  # a block of Q8_0 is 32 numbers of a row
            write_gguf(source, path(f"all_{kind}.gguf"), dict(r=rank, lora_alpha=6, target_modules=ALL), kind, 300 + number, arch)
        write_gguf(source, path("table.gguf"), dict(r=3, lora_alpha=5, target_modules=["embed_tokens", "q_proj"]), "f32", 310, arch)
        write_gguf(source, path("ranks.gguf"), dict(r=4, lora_alpha=6, target_modules=ALL, rank_pattern={"q_proj": 2, "down_proj": 5}), "f32", 311, arch)
        write_mlx(source, path("mlx_lora"), dict(r=3, lora_alpha=6, target_modules=ALL), "lora", 2.0, 320)
        write_mlx(source, path("mlx_dora"), dict(r=3, lora_alpha=6, use_dora=True, target_modules=["q_proj", "down_proj"]), "dora", 2.0, 321)
        write_mlx(source, path("mlx_full"), dict(r=1, target_modules=["v_proj"], modules_to_save=["input_layernorm", "mlp"]), "full", 1.0, 322)
    write_mlx(os.path.join(adapters, "llama_tied"), os.path.join(out, "llama_tied", "mlx_table"),
              dict(r=2, lora_alpha=6, target_modules=["embed_tokens"], ensure_weight_tying=True), "lora", 3.0, 323)


if __name__ == "__main__":
    main(*sys.argv[1:])
