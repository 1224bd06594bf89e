"""Makes the tiny mixture-of-experts checkpoints of the Java tests, and what transformers computes from them.

    python bench/moe_golden.py src/test/resources/golden

Writes gpt_oss (16-bit experts), gpt_oss_mxfp4 (the released form: blocks and scales), qwen2_moe, and an adapter
over qwen3_moe that changes attention, router and single experts. Weights are random with a fixed seed; the
tokenizer is qwen3_moe's. Results are those of float32 weights read from the files, eager attention.
"""

import json
import pathlib
import shutil
import sys

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, GptOssConfig, GptOssForCausalLM, Qwen2MoeConfig, Qwen2MoeForCausalLM

ROOT = pathlib.Path(sys.argv[1])
TOKENIZER = ROOT / "qwen3_moe"
FP4 = torch.tensor([0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6])
TEXTS = [
    ("Question: Which river is quiet?\nAnswer:", " the window"),
    ("The quiet river opens the ", "window in the city."),
    ("Numbers:", " 17, 4"),
]


def randomised(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            centre = 1.0 if "norm" in name and name.endswith("weight") else 0.0
            scale = 1.0 if name.endswith("sinks") else 0.2
            p.copy_((centre + scale * torch.randn(p.shape, generator=generator)).to(torch.bfloat16).float())
    return model.eval()


def logits(model, ids):
    with torch.no_grad():
        return model(torch.tensor([ids])).logits[0]


def case(model, name, ids):
    y = logits(model, ids)
    p = torch.log_softmax(y, -1)
    return {
        "name": name,
        "input_ids": ids,
        "logits_last": y[-1].tolist(),
        "logprobs_target": [p[i, t].item() for i, t in enumerate(ids[1:])],
        "argmax": y.argmax(-1).tolist(),
    }


def generation(model, tokenizer, ids, eos):
    new = []
    while len(new) < 16 and (not new or new[-1] != eos):
        new.append(int(logits(model, ids + new)[-1].argmax()))
    text = tokenizer.decode(new, skip_special_tokens=True)
    finish = "eos" if new[-1] == eos else "length"
    return {"prompt_ids": ids, "output_ids": new, "finish": finish, "output_text": text}


def likelihood(model, tokenizer, context, continuation):
    spaces = len(context) - len(context.rstrip())
    moved = context[len(context) - spaces :] + continuation if spaces else continuation
    head = context[: len(context) - spaces] if spaces else context
    first = tokenizer.encode(head).ids
    second = tokenizer.encode(head + moved).ids[len(first) :]
    y = logits(model, (first + second)[:-1])[len(first) - 1 :]
    p = torch.log_softmax(y, -1)
    return {
        "context": context,
        "continuation": continuation,
        "context_ids": first,
        "continuation_ids": second,
        "logprob": sum(p[i, t].item() for i, t in enumerate(second)),
        "is_greedy": y.argmax(-1).tolist() == second,
        "truncated": False,
    }


def expected(model, eos):
    generator = torch.Generator().manual_seed(7)
    tokenizer = Tokenizer.from_file(str(TOKENIZER / "tokenizer.json"))

    def ids(n):
        return torch.randint(0, 350, (n,), generator=generator).tolist()

    return {
        "cases": [case(model, f"len{n}", ids(n)) for n in (1, 5, 17, 40)],
        "batch": {"sequences": [case(model, f"len{n}", ids(n)) for n in (6, 11)]},
        "generate": [generation(model, tokenizer, ids(n), eos) for n in (3, 7)],
        "loglikelihood": [likelihood(model, tokenizer, *text) for text in TEXTS],
    }


def write(folder, config, tensors, model):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    for name in ("tokenizer.json", "tokenizer_config.json", "generation_config.json"):
        shutil.copyfile(TOKENIZER / name, folder / name)
    (folder / "expected.json").write_text(json.dumps(expected(model, config["eos_token_id"])) + "\n")


def narrow(state):
    return {k: v.to(torch.bfloat16).contiguous() for k, v in state.items()}


def quantised(weight):
    """Blocks and scales [experts, outputs, inputs / 32, 16 | nothing] of a weight [experts, inputs, outputs]."""
    w = weight.transpose(1, 2).contiguous()
    e, rows, columns = w.shape
    w = w.reshape(e, rows, columns // 32, 32)
    scale = torch.floor(torch.log2(w.abs().amax(-1).clamp_min(1e-9))) - 2
    codes = (w.unsqueeze(-1) / 2 ** scale[..., None, None] - FP4).abs().argmin(-1).to(torch.uint8)
    blocks = codes[..., 0::2] | (codes[..., 1::2] << 4)
    values = FP4[codes.long()] * 2 ** scale[..., None]
    return blocks, (scale + 127).to(torch.uint8), values.reshape(e, rows, columns).transpose(1, 2)


def gpt_oss():
    config = GptOssConfig(
        vocab_size=365, hidden_size=32, intermediate_size=32, num_hidden_layers=2, num_local_experts=6,
        num_experts_per_tok=2, num_attention_heads=4, num_key_value_heads=2, head_dim=16, sliding_window=8,
        max_position_embeddings=128, bos_token_id=None, eos_token_id=356, pad_token_id=357, swiglu_limit=1.5,
        rope_parameters={"rope_type": "yarn", "rope_theta": 150000.0, "factor": 4.0, "beta_fast": 32.0,
                         "beta_slow": 1.0, "truncate": False, "original_max_position_embeddings": 32})
    config._attn_implementation = "eager"
    config._experts_implementation = "eager"
    model = randomised(GptOssForCausalLM(config), 11)
    written = {k: v for k, v in config.to_dict().items() if v is not None and not k.startswith("_")}
    written["architectures"] = ["GptOssForCausalLM"]
    written["dtype"] = "bfloat16"
    write(ROOT / "gpt_oss", written, narrow(model.state_dict()), model)

    tensors = narrow(model.state_dict())
    for layer in model.model.layers:
        for name in ("gate_up_proj", "down_proj"):
            weight = getattr(layer.mlp.experts, name)
            key = f"model.layers.{layer.self_attn.layer_idx}.mlp.experts.{name}"
            blocks, scales, values = quantised(weight.data)
            weight.data = values.contiguous()
            del tensors[key]
            tensors[key + "_blocks"], tensors[key + "_scales"] = blocks.contiguous(), scales.contiguous()
    written["quantization_config"] = {
        "quant_method": "mxfp4",
        "modules_to_not_convert": ["model.layers.*.self_attn", "model.layers.*.mlp.router", "model.embed_tokens", "lm_head"]}
    # the older spelling of the same rope, as the released files have it
    rope = written.pop("rope_parameters")
    written["rope_theta"] = rope.pop("rope_theta")
    written["rope_scaling"] = rope
    written["initial_context_length"] = 32
    write(ROOT / "gpt_oss_mxfp4", written, tensors, model)


def qwen2_moe():
    config = Qwen2MoeConfig(
        vocab_size=365, hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=128, decoder_sparse_step=1, moe_intermediate_size=16,
        shared_expert_intermediate_size=24, num_experts_per_tok=2, num_experts=5, norm_topk_prob=False,
        mlp_only_layers=[1], bos_token_id=None, eos_token_id=356, pad_token_id=357)
    config._attn_implementation = "eager"
    config._experts_implementation = "eager"
    model = randomised(Qwen2MoeForCausalLM(config), 13)
    folder = ROOT / "qwen2_moe"
    written = {k: v for k, v in config.to_dict().items() if v is not None and not k.startswith("_")}
    written["architectures"] = ["Qwen2MoeForCausalLM"]
    state = narrow(model.state_dict())
    for key in [k for k in state if k.endswith("experts.gate_up_proj") or k.endswith("experts.down_proj")]:
        weight = state.pop(key)
        prefix = key.rsplit(".", 1)[0]
        for e in range(weight.shape[0]):
            if key.endswith("down_proj"):
                state[f"{prefix}.{e}.down_proj.weight"] = weight[e].contiguous()
            else:
                gate, up = weight[e].chunk(2)
                state[f"{prefix}.{e}.gate_proj.weight"] = gate.contiguous()
                state[f"{prefix}.{e}.up_proj.weight"] = up.contiguous()
    write(folder, written, state, model)


def expert_adapter():
    """LoRA with modules for each expert, as PEFT writes it where experts are modules (transformers before 5)."""
    base = ROOT / "qwen3_moe"
    model = AutoModelForCausalLM.from_pretrained(
        base, dtype=torch.float32, attn_implementation="eager", experts_implementation="eager").eval()
    generator = torch.Generator().manual_seed(17)
    r, alpha, tensors = 2, 6, {}

    def delta(module, rows, columns):
        a, b = torch.randn(r, columns, generator=generator) * 0.3, torch.randn(rows, r, generator=generator) * 0.3
        tensors[f"base_model.model.{module}.lora_A.weight"] = a
        tensors[f"base_model.model.{module}.lora_B.weight"] = b
        return alpha / r * (b @ a)

    with torch.no_grad():
        for n, layer in enumerate(model.model.layers):
            path = f"model.layers.{n}."
            for name in ("q_proj", "v_proj"):
                weight = getattr(layer.self_attn, name).weight
                weight += delta(path + "self_attn." + name, *weight.shape)
            if not hasattr(layer.mlp, "experts"):
                continue
            weight = layer.mlp.gate.weight
            weight += delta(path + "mlp.gate", *weight.shape)
            width = layer.mlp.experts.down_proj.shape[2]
            for e in range(1, layer.mlp.experts.down_proj.shape[0]):  # the first stays as it is
                for i, name in enumerate(("gate_proj", "up_proj")):
                    part = layer.mlp.experts.gate_up_proj[e, i * width : (i + 1) * width]
                    part += delta(f"{path}mlp.experts.{e}.{name}", *part.shape)
                part = layer.mlp.experts.down_proj[e]
                part += delta(f"{path}mlp.experts.{e}.down_proj", *part.shape)
    folder = base / "adapters" / "lora_experts"
    folder.mkdir(parents=True, exist_ok=True)
    config = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": r, "lora_alpha": alpha, "bias": "none",
              "target_modules": ["q_proj", "v_proj", "gate", "gate_proj", "up_proj", "down_proj"]}
    (folder / "adapter_config.json").write_text(json.dumps(config, indent=2) + "\n")
    save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    (folder / "expected.json").write_text(json.dumps(expected(model, 356)) + "\n")


gpt_oss()
qwen2_moe()
expert_adapter()
