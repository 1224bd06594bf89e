"""adapter_golden.py LLAMA_DIR GOLDEN_DIR OUT_DIR: tiny bases and PEFT adapters over them, with the logits that PEFT computes, for the tests.

One base per family, random, its tokenizer that of LLAMA_DIR, and the mixtures of experts of GOLDEN_DIR; every adapter is made, filled with random numbers and saved by PEFT, opened again from
its folder as a user would (float16, to keep the files small), and run unmerged in float32 over the base read from its file."""

import json
import os
import shutil
import sys

import torch
from safetensors.torch import load_file, save_file
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import (
    AutoConfig, AutoModelForCausalLM, Gemma2Config, GPT2Config, GPTNeoXConfig, LlamaConfig, Phi3Config, Qwen2Config, Qwen3Config,
)

SMALL = dict(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=64, initializer_range=0.2,
             bos_token_id=1, eos_token_id=2, pad_token_id=None)
GROUPED = dict(SMALL, num_key_value_heads=2)

BASES = {
    "llama_tied": lambda v: LlamaConfig(**GROUPED, vocab_size=v, tie_word_embeddings=True),
    "llama": lambda v: LlamaConfig(**GROUPED, vocab_size=v, tie_word_embeddings=False, attention_bias=True, mlp_bias=True),
    "qwen2": lambda v: Qwen2Config(**GROUPED, vocab_size=v, tie_word_embeddings=True),
    "qwen3": lambda v: Qwen3Config(**GROUPED, vocab_size=v, head_dim=8, tie_word_embeddings=False),
    "phi3": lambda v: Phi3Config(**GROUPED, vocab_size=v, tie_word_embeddings=False),
    "gemma2": lambda v: Gemma2Config(**GROUPED, vocab_size=v, head_dim=8, query_pre_attn_scalar=8, sliding_window=8),
    "gpt2": lambda v: GPT2Config(n_embd=16, n_head=4, n_layer=2, n_positions=64, vocab_size=v, initializer_range=0.2, bos_token_id=1, eos_token_id=2),
    "gpt_neox": lambda v: GPTNeoXConfig(**SMALL, vocab_size=v, rotary_pct=0.5),
}

ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
GPT2 = dict(fan_in_fan_out=True)

CASES = {
    "llama_tied": {
        "patterns": dict(r=4, lora_alpha=6, target_modules=ALL, rank_pattern={"layers.1.*q_proj": 2, "down_proj": 5, "^model.layers.0.self_attn.v_proj": 3},
                         alpha_pattern={"up_proj": 11, "layers.0.mlp.down_proj": 2}),
        "patterns_rslora": dict(r=4, lora_alpha=6, use_rslora=True, target_modules=ALL, rank_pattern={"o_proj": 1}, alpha_pattern={"o_proj": 3}),
        "dora": dict(r=3, lora_alpha=5, use_dora=True, target_modules=ALL, rank_pattern={"k_proj": 2}),
        "embedding": dict(r=3, lora_alpha=5, target_modules=["embed_tokens", "q_proj"]),
        "save_head": dict(r=2, target_modules=["v_proj"], modules_to_save=["lm_head"]),
        "save_embedding": dict(r=2, target_modules=["v_proj"], modules_to_save=["embed_tokens"]),
        "save_embedding_tied": dict(r=2, target_modules=["v_proj"], modules_to_save=["embed_tokens"], ensure_weight_tying=True),
        "embedding_tied": dict(r=2, target_modules=["embed_tokens"], ensure_weight_tying=True),
        "save_norms_and_mlp": dict(r=2, target_modules=["v_proj"], modules_to_save=["input_layernorm", "mlp"]),
        "layers": dict(r=2, target_modules=["q_proj", "up_proj"], layers_to_transform=[1], layers_pattern="layers"),
        "excluded": dict(r=2, target_modules=ALL, exclude_modules=["q_proj", "layers.0.mlp.up_proj"]),
        "all_linear": dict(r=2, target_modules="all-linear"),
        "regex": dict(r=2, target_modules=r"model\.layers\.1\.(self_attn\.(q|o)_proj|mlp\.down_proj)"),
        "resized": dict(r=2, target_modules=["q_proj"], rows=470),
        "resized_saved": dict(r=2, target_modules=["q_proj"], modules_to_save=["embed_tokens", "lm_head"], rows=464),
        "tokens": dict(r=2, target_modules=["q_proj"], trainable_token_indices=[460, 7, 0]),
        "tokens_apart": dict(r=2, target_modules=["q_proj"], trainable_token_indices={"embed_tokens": [5, 9], "lm_head": [9, 300]}),
        "tokens_resized": dict(r=2, target_modules=["q_proj"], trainable_token_indices=[8, 463], rows=464),
        "lora_bias": dict(r=2, lora_alpha=6, lora_bias=True, target_modules=ALL),
    },
    "llama": {
        "bias_all": dict(r=2, target_modules=["q_proj", "down_proj"], bias="all"),
        "bias_lora_only": dict(r=2, target_modules=["q_proj", "down_proj"], bias="lora_only"),
        "head": dict(r=3, lora_alpha=7, target_modules=["lm_head", "o_proj"]),
        "head_dora": dict(r=3, lora_alpha=7, use_dora=True, target_modules=["lm_head", "embed_tokens", "gate_proj"]),
        "save_both": dict(r=2, target_modules=ALL, modules_to_save=["embed_tokens", "lm_head"]),
        "resized": dict(r=2, target_modules=["q_proj"], rows=466),
        "negative_alpha": dict(r=2, lora_alpha=-3, target_modules=ALL),
        "lora_bias": dict(r=2, lora_alpha=3, lora_bias=True, bias="all", target_modules=["lm_head", "q_proj", "v_proj", "up_proj", "down_proj"]),
        "tokens": dict(r=2, target_modules=["q_proj"], trainable_token_indices={"embed_tokens": [3], "lm_head": [5, 6]}),
        "parameters": dict(r=2, target_modules=["q_proj"], target_parameters=["v_proj.weight", "mlp.down_proj.weight"], rank_pattern={"v_proj.weight": 3}),
    },
    "qwen2": {"bias_all": dict(r=2, target_modules=["k_proj"], bias="all"), "all_linear": dict(r=2, target_modules="all-linear", use_dora=True)},
    "qwen3": {"all": dict(r=2, target_modules=ALL), "save_norms": dict(r=2, target_modules=["k_proj"], modules_to_save=["q_norm", "norm"])},
    "phi3": {"fused": dict(r=3, target_modules=["qkv_proj", "gate_up_proj"]), "fused_dora": dict(r=3, target_modules="all-linear", use_dora=True)},
    "gemma2": {"all": dict(r=2, target_modules="all-linear"), "embedding": dict(r=2, target_modules=["embed_tokens"]),
               "save_norms": dict(r=2, target_modules=["q_proj"], modules_to_save=["post_feedforward_layernorm"])},
    "gpt2": {
        "plain": dict(r=2, target_modules=["c_attn"], **GPT2),
        "dora": dict(r=3, target_modules=["c_attn", "c_proj", "c_fc"], use_dora=True, **GPT2),
        "bias_all": dict(r=2, target_modules=["c_fc"], bias="all", **GPT2),
        "tables": dict(r=2, target_modules=["wte"], **GPT2),
        "positions": dict(r=2, target_modules=["c_attn"], modules_to_save=["wpe", "ln_f"], **GPT2),
        "lora_bias": dict(r=2, lora_bias=True, target_modules=["c_attn", "c_fc"], **GPT2),
        "tokens": dict(r=2, target_modules=["c_attn"], trainable_token_indices={"wte": [2, 459]}, **GPT2),
    },
    "gpt_neox": {"fused": dict(r=3, target_modules=["query_key_value", "dense"]), "dora": dict(r=2, target_modules="all-linear", use_dora=True),
                 "bias_lora_only": dict(r=2, target_modules=["query_key_value"], bias="lora_only"),
                 "lora_bias": dict(r=2, lora_bias=True, target_modules=["query_key_value", "dense"])},
}

# Adapters that stand on a changed base (init_lora_weights), under a folder of their own.
STARTS = {
    "llama_tied": {
        "pissa_patterns": dict(r=4, lora_alpha=6, init_lora_weights="pissa", target_modules=ALL, rank_pattern={"down_proj": 5, "k_proj": 2}, alpha_pattern={"up_proj": 11}),
        "olora_patterns_rslora": dict(r=4, lora_alpha=6, init_lora_weights="olora", use_rslora=True, target_modules=ALL, rank_pattern={"o_proj": 1}, alpha_pattern={"o_proj": 3}),
        "pissa_tied_head": dict(r=2, init_lora_weights="pissa", target_modules=["lm_head", "q_proj"]),
        "olora_embedding": dict(r=2, init_lora_weights="OLoRA", target_modules=["embed_tokens", "q_proj"]),
        "pissa_save_norms": dict(r=2, init_lora_weights="pissa", target_modules=["v_proj"], modules_to_save=["input_layernorm"]),
        "gaussian": dict(r=2, init_lora_weights="gaussian", target_modules=ALL),
        "orthogonal": dict(r=2, init_lora_weights="orthogonal", target_modules=ALL),
        "mica": dict(r=2, init_lora_weights="mica", target_modules=ALL),
        "eva": dict(r=2, init_lora_weights="eva", target_modules=ALL),
        "uninitialised": dict(r=2, init_lora_weights=False, target_modules=ALL),
    },
    "llama": {
        "pissa_dora": dict(r=3, lora_alpha=5, init_lora_weights="pissa", use_dora=True, target_modules=ALL),
        "olora_dora_head": dict(r=3, lora_alpha=5, init_lora_weights="olora", use_dora=True, target_modules=["lm_head", "q_proj", "up_proj"]),
        "pissa_parameter": dict(r=2, init_lora_weights="pissa", target_modules=["q_proj"], target_parameters=["v_proj.weight"]),
    },
    "qwen2": {"pissa": dict(r=4, lora_alpha=8, init_lora_weights="pissa", target_modules=["q_proj", "v_proj"]),
              "olora": dict(r=4, lora_alpha=8, init_lora_weights="olora", target_modules="all-linear")},
    "phi3": {"pissa_fused": dict(r=3, init_lora_weights="pissa", target_modules="all-linear"), "olora_fused": dict(r=3, init_lora_weights="olora", target_modules="all-linear")},
    "gpt2": {"pissa": dict(r=3, lora_alpha=5, init_lora_weights="pissa", target_modules=["c_attn", "c_proj", "c_fc"], **GPT2),
             "olora_square": dict(r=3, lora_alpha=5, init_lora_weights="olora", target_modules=["attn.c_proj"], **GPT2)},
    "gpt_neox": {"pissa": dict(r=3, init_lora_weights="pissa", target_modules="all-linear"),
                 "olora": dict(r=3, init_lora_weights="olora", target_modules=["query_key_value"])},
}

BOTH = ["experts.gate_up_proj", "experts.down_proj"]
EXPERTS = {
    "qwen3_moe": {
        "both": dict(r=2, lora_alpha=5, target_modules=["q_proj"], target_parameters=BOTH),
        "inner": dict(r=3, target_modules=[], target_parameters=BOTH[:1], use_rslora=True),
        "outer": dict(r=2, target_modules=["o_proj"], target_parameters=["mlp.experts.down_proj"], alpha_pattern={"down_proj": 5}),
        "ranks": dict(r=2, target_modules=[], target_parameters=BOTH, rank_pattern={"experts.gate_up_proj": 3}),
    },
    "qwen2_moe": {"both": dict(r=2, target_modules=["v_proj"], target_parameters=BOTH)},
    "mixtral": {"both": dict(r=2, target_modules=["k_proj"], target_parameters=BOTH), "router": dict(r=2, target_modules=["q_proj", "gate"])},
    "gpt_oss": {"attention": dict(r=2, target_modules=["q_proj", "o_proj"]), "both": dict(r=2, target_modules=["k_proj"], target_parameters=BOTH)},
}


# Models that see images too, of golden/; where names fit, their other parts are trained as well.
WHOLES = {
    "gemma3_whole": {
        "names": dict(r=2, target_modules=["q_proj", "down_proj"], rank_pattern={r"language_model\.layers\.2\..*q_proj": 3}),
        "text": dict(r=2, target_modules=r".*language_model.*(v_proj|embed_tokens)", use_dora=True, modules_to_save=["post_feedforward_layernorm"]),
    },
}


def shake(model):
    """Random numbers for everything that training would change."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.requires_grad:
                scale = 0.2 if "lora_" in name and "magnitude" not in name else 0.1
                parameter.add_(torch.randn_like(parameter) * scale)


def write_base(folder, config):
    torch.manual_seed(5)
    model = AutoModelForCausalLM.from_config(config).half()
    model.save_pretrained(folder)
    os.path.exists(os.path.join(folder, "generation_config.json")) and os.remove(os.path.join(folder, "generation_config.json"))


def halve(file):
    save_file({name: tensor.half() for name, tensor in load_file(file).items()}, file, metadata={"format": "pt"})


def write_adapter(base, folder, options, seed):
    torch.manual_seed(seed)
    rows = options.pop("rows", None)
    more = dict(experts_implementation="eager") if os.path.basename(base) in EXPERTS else {}
    load = lambda: AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager", **more).eval()
    model = load()
    if rows:
        model.resize_token_embeddings(rows, mean_resizing=False)
    tuned = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **options))
    shake(tuned)
    tuned.save_pretrained(folder)
    halve(os.path.join(folder, "adapter_model.safetensors"))
    again = load()
    if rows:
        again.resize_token_embeddings(rows, mean_resizing=False)
    opened = PeftModel.from_pretrained(again, folder).eval()
    ids = [1] + torch.randint(3, rows or again.config.get_text_config().vocab_size, (21,)).tolist()
    if rows:
        ids[7] = rows - 1
    with torch.no_grad():
        logits = opened(torch.tensor([ids])).logits[0, -1]
        plain = again.config.get_text_config().vocab_size
    with open(os.path.join(folder, "expected.json"), "w") as f:
        json.dump({"ids": ids, "logits_last": [float(f"{x:.7g}") for x in logits.tolist()]}, f)
    path = os.path.join(folder, "adapter_config.json")
    with open(path) as f:
        config = json.load(f)
    config["base_model_name_or_path"] = os.path.basename(base)
    with open(path, "w") as f:
        json.dump(config, f, indent=1)
    os.path.exists(os.path.join(folder, "README.md")) and os.remove(os.path.join(folder, "README.md"))


def write_scaled(base, folder, scale):
    """The logits of PEFT's set_scale, in a file of their own."""
    opened = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager").eval(), folder).eval()
    for module in opened.modules():
        if hasattr(module, "set_scale"):
            module.set_scale("default", scale)
    with open(os.path.join(folder, "expected.json")) as f:
        ids = json.load(f)["ids"]
    with torch.no_grad():
        logits = opened(torch.tensor([ids])).logits[0, -1]
    with open(os.path.join(folder, f"scaled_{scale}.json"), "w") as f:
        json.dump({"ids": ids, "logits_last": [float(f"{x:.7g}") for x in logits.tolist()]}, f)


def write_turned(folder, experts):
    """The same change as older versions of PEFT wrote it: A over the outputs and B over the inputs of each expert."""
    other = folder + "_turned"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(folder, other)
    file = os.path.join(other, "adapter_model.safetensors")
    tensors = load_file(file)
    for name in [n for n in tensors if ".experts." in n and n.endswith("lora_A.weight")]:
        twin = name.replace("lora_A", "lora_B")
        a, b = tensors[name], tensors[twin]
        tensors[name] = b.reshape(b.shape[0], -1, experts).permute(2, 1, 0).reshape(-1, b.shape[0]).contiguous()
        tensors[twin] = a.reshape(experts, -1, a.shape[1]).permute(2, 1, 0).reshape(a.shape[1], -1).contiguous()
    save_file(tensors, file, metadata={"format": "pt"})


def write_adapters(base, out, cases):
    for number, (name, options) in enumerate(cases.items()):
        try:
            write_adapter(base, os.path.join(out, name), dict(options), 100 + number)
        except (ValueError, RuntimeError, TypeError, AttributeError) as e:
            print(f"{base}/{name}: PEFT cannot do it: {type(e).__name__}: {str(e)[:300]}")
            shutil.rmtree(os.path.join(out, name), ignore_errors=True)


def main(llama, golden, out):
    torch.set_num_threads(1)
    vocab = AutoConfig.from_pretrained(llama).vocab_size
    for base, make in BASES.items():
        folder = os.path.join(out, base)
        os.makedirs(folder, exist_ok=True)
        write_base(folder, make(vocab))
        write_adapters(folder, folder, CASES[base])
    for base, cases in (EXPERTS | WHOLES).items():
        write_adapters(os.path.join(golden, base), os.path.join(out, base), cases)
    for base, cases in STARTS.items():
        write_adapters(os.path.join(out, base), os.path.join(out, "starts", base), cases)
    for scale in (0, 0.5):
        write_scaled(os.path.join(out, "qwen2"), os.path.join(out, "starts", "qwen2", "pissa"), scale)
    write_turned(os.path.join(out, "qwen3_moe", "both"), AutoConfig.from_pretrained(os.path.join(golden, "qwen3_moe")).num_experts)


if __name__ == "__main__":
    main(*sys.argv[1:])
