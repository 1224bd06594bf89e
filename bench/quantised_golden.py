"""quantised_golden.py LLAMA_DIR OUT_DIR: tiny quantised checkpoints and the logits of their dequantised weights, for the tests.

LLAMA_DIR is a checkpoint whose tokenizer the models share. bitsandbytes quantises and dequantises its own formats, on the CPU; its dequantisation takes
rows for whole blocks, hence their width. GPTQ and AWQ are packed here, bit by bit, from the layouts their libraries publish, and dequantised from the codes before they are packed. The
expected logits are those of transformers in float32 with the dequantised weights in a plain model. Only what differs from LLAMA_DIR is written."""

import json
import os
import sys

import bitsandbytes.functional as bnb
import numpy as np
import torch
from safetensors.torch import save_file
from transformers import AutoConfig, GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

AWQ_ORDER = [0, 2, 4, 6, 1, 3, 5, 7]  # the k-th nibble of a word is the output of this number among its eight


def pack_bits(codes, bits):
    """Codes along the last axis as a stream of bits, lowest first, cut into int32 words."""
    planes = (codes[..., None] >> np.arange(bits)) & 1
    stream = planes.reshape(*codes.shape[:-1], -1).astype(np.uint64)
    words = stream.reshape(*stream.shape[:-1], -1, 32) << np.arange(32, dtype=np.uint64)
    return torch.from_numpy(words.sum(-1).astype(np.uint32).view(np.int32).copy())


def groups_of(weight, bits, group, symmetric, order):
    """Codes [out, in], zeros [groups, out], scales [groups, out] in float16 and the group of each input."""
    out, inputs = weight.shape
    size = inputs if group < 0 else group
    index = np.empty(inputs, np.int32)
    index[order] = np.arange(inputs) // size
    n, top = (inputs + size - 1) // size, 2**bits - 1
    zeros, scales = np.zeros((n, out), np.int64), np.zeros((n, out), np.float16)
    codes = np.zeros((out, inputs), np.int64)
    for g in range(n):
        part = weight[:, index == g].numpy()
        low, high = np.minimum(part.min(1), 0), np.maximum(part.max(1), 0)
        if symmetric:
            high = np.maximum(-low, high)
            low = -high
        scale = ((high - low) / top).astype(np.float16)
        zero = np.full(out, 2 ** (bits - 1)) if symmetric else np.clip(np.rint(-low / scale), 1, top)
        codes[:, index == g] = np.clip(np.rint(part / scale[:, None].astype(np.float32)) + zero[:, None], 0, top)
        zeros[g], scales[g] = zero, scale
    return codes, zeros, torch.from_numpy(scales), index


def dequantised(codes, zeros, scales, index):
    steps = torch.from_numpy((codes - zeros.T[:, index]).astype(np.float32))
    return (steps * scales.float().T[:, index]).half().float()  # the product in the type of the scales


def gptq(bits, group, symmetric, permuted, version):
    def quantise(name, weight, rng):
        order = rng.permutation(weight.shape[1]) if permuted else np.arange(weight.shape[1])
        codes, zeros, scales, index = groups_of(weight, bits, group, symmetric, order)
        stored = zeros - 1 if version == "gptq" else zeros
        parts = {
            name + ".qweight": pack_bits(codes, bits).T.contiguous(),
            name + ".qzeros": pack_bits(stored, bits),
            name + ".scales": scales,
        }
        if permuted:
            parts[name + ".g_idx"] = torch.from_numpy(index)
        return parts, dequantised(codes, zeros, scales, index)

    config = {"quant_method": "gptq", "bits": bits, "group_size": group, "desc_act": permuted, "sym": symmetric}
    if version != "gptq":
        config["checkpoint_format"] = version
    return quantise, config


def awq(group):
    def quantise(name, weight, rng):
        codes, zeros, scales, index = groups_of(weight, 4, group, False, np.arange(weight.shape[1]))
        shuffle = lambda rows: rows.reshape(len(rows), -1, 8)[:, :, AWQ_ORDER].reshape(len(rows), -1)
        parts = {
            name + ".qweight": pack_bits(shuffle(codes.T), 4),
            name + ".qzeros": pack_bits(shuffle(zeros), 4),
            name + ".scales": scales,
        }
        return parts, dequantised(codes, zeros, scales, index)

    return quantise, {"quant_method": "awq", "bits": 4, "group_size": group, "version": "gemm", "zero_point": True}


def four_bit(kind, nested, dtype):
    def quantise(name, weight, rng):
        packed, state = bnb.quantize_4bit(weight.to(dtype), blocksize=64, compress_statistics=nested, quant_type=kind)
        parts = {name + ".weight": packed}
        parts.update({f"{name}.weight.{key}": value for key, value in state.as_dict(packed=True).items()})
        return parts, bnb.dequantize_4bit(packed, state).float()

    return quantise, {"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": kind, "bnb_4bit_use_double_quant": nested}


def int8():
    def quantise(name, weight, rng):
        codes, scales, _ = bnb.int8_vectorwise_quant(weight.half())
        parts = {name + ".weight": codes, name + ".SCB": scales.float(), name + ".weight_format": torch.tensor(0, dtype=torch.uint8)}
        return parts, bnb.int8_vectorwise_dequant(codes, scales.float()).float()

    return quantise, {"quant_method": "bitsandbytes", "load_in_8bit": True}


CASES = {
    "fp4": ("llama", four_bit("fp4", False, torch.float16)),
    "fp4_nested": ("llama", four_bit("fp4", True, torch.bfloat16)),
    "nf4_gpt2": ("gpt2", four_bit("nf4", True, torch.float16)),
    "int8": ("llama", int8()),
    "int8_gpt2": ("gpt2", int8()),
    "gptq4_permuted": ("llama", gptq(4, 16, True, True, "gptq")),
    "gptq4_v2": ("llama", gptq(4, -1, False, False, "gptq_v2")),
    "gptq4_gpt2": ("gpt2", gptq(4, 16, False, False, "gptq")),
    "gptq2": ("llama", gptq(2, 16, False, False, "gptq")),
    "gptq3": ("llama", gptq(3, 16, False, True, "gptq")),
    "gptq8": ("llama", gptq(8, 16, False, False, "gptq")),
    "awq": ("llama", awq(16)),
}


def model_of(family, vocab, width):
    torch.manual_seed(20260)
    layers = 64 // width
    if family == "gpt2":
        config = GPT2Config(n_embd=width, n_head=2, n_layer=layers, n_positions=64, vocab_size=vocab, bos_token_id=1, eos_token_id=2, initializer_range=0.2)
        return GPT2LMHeadModel(config)
    config = LlamaConfig(
        hidden_size=width, intermediate_size=128, num_hidden_layers=layers, num_attention_heads=2, num_key_value_heads=2, vocab_size=vocab,
        max_position_embeddings=64, tie_word_embeddings=True, initializer_range=0.2,
    )
    return LlamaForCausalLM(config)


def write(out, family, quantise, section, vocab):
    model = model_of(family, vocab, 64 if section["quant_method"] == "bitsandbytes" else 32).eval()
    for parameter in model.parameters():
        parameter.data = parameter.data.half().float()
    rng = np.random.default_rng(7)
    tensors = {}
    for name, module in model.named_modules():
        if name == "lm_head" or not type(module).__name__ in ("Linear", "Conv1D"):
            continue
        turned = type(module).__name__ == "Conv1D"  # quantised weights lie outputs by inputs always
        weight = module.weight.data.T if turned else module.weight.data
        parts, plain = quantise(name, weight.contiguous(), rng)
        tensors.update(parts)
        module.weight.data = plain.T.contiguous() if turned else plain
    weights = {name + ".weight" for name, module in model.named_modules() if type(module).__name__ in ("Linear", "Conv1D")}
    for name, value in model.state_dict().items():
        if name not in weights:
            tensors[name] = value.half().contiguous()
    os.makedirs(out, exist_ok=True)
    save_file(tensors, os.path.join(out, "model.safetensors"), metadata={"format": "pt"})
    model.config.save_pretrained(out)
    path = os.path.join(out, "config.json")
    with open(path) as f:
        config = json.load(f)
    config["quantization_config"] = section
    with open(path, "w") as f:
        json.dump(config, f, indent=1)
    ids = [1] + rng.integers(3, vocab, 23).tolist()
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0, -1]
    with open(os.path.join(out, "expected.json"), "w") as f:
        json.dump({"ids": ids, "logits_last": [float(x) for x in logits.numpy()]}, f)


def main(llama, out):
    torch.set_num_threads(1)
    vocab = AutoConfig.from_pretrained(llama).vocab_size
    for name, (family, (quantise, section)) in CASES.items():
        write(os.path.join(out, name), family, quantise, section, vocab)


if __name__ == "__main__":
    main(*sys.argv[1:])
