"""gguf_golden.py OUT [NAME ...]: tiny random models as GGUF files, and what transformers computes from them, in float32.

Makes OUT/NAME/{model.gguf, expected.json} for the tests, in the layout that llama.cpp's converter gives each architecture: its keys, the tensor names
of the gguf package, its changes of tensors. Where transformers reads the architecture from GGUF, the results are those of the model that it read from
the very file, and the original must give the same; elsewhere they are those of the original, whose weights are rounded to what the file holds.
Tokenizers are those of golden/, with the rules by which the named pre-tokenizer splits.
"""

import argparse
import json
import math
import os
import re
import shutil
import tempfile

os.environ.setdefault("OMP_NUM_THREADS", "1")

import family_golden as families
import gguf
import numpy as np
import torch
import transformers
from gguf import GGMLQuantizationType as Type
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

GOLDEN = families.GOLDEN
families.numbers = lambda tensor: [float("%.7g" % x) for x in tensor.tolist()]
TEXTS = [
    "", " ", "a", "The quiet river", " leading space", "trailing space ", "two  spaces   three", "tab\tand\nnewline\n\n", "def add(a, b):\n    return a + b",
    "naïve café über", "1234567890 and 12", "don't WON'T it's", "x + y = z <= 3 ^ 2 ~ $5 `q`!!!", "camelCase HTTPServer", "e\u0301 A\u030a", "...??? -- [1,2]",
]
SPACES = r"\s*[\r\n]+|\s+(?!\S)|\s+"


def words(digits):
    return r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|" + digits + r"| ?[^\s\p{L}\p{N}]+[\r\n]*|" + SPACES


def cased():
    upper, lower = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
    ending = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    start = r"[^\r\n\p{L}\p{N}]?"
    return start + upper + "*" + lower + "+" + ending + start + upper + "+" + lower + "*" + ending + r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + SPACES


def split(regex):
    return {"type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": False}


def byte_level(use_regex):
    return {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": use_regex}


FALCON = [{"type": "Punctuation", "behavior": "Contiguous"}, byte_level(True), {"type": "Digits", "individual_digits": False}, split("[0-9][0-9][0-9]")]
TOKENIZERS = {
    "llama": ("llama", "default", None),
    "gemma": ("gemma2", "default", None),
    "phi3": ("phi3", "default", None),
    "gpt-2": ("gpt2", "gpt-2", None),
    "falcon": ("gpt2", "falcon", FALCON),
    "mpt": ("gpt_neox", "mpt", None),
    "stablelm2": ("gpt2", "stablelm2", [split(words(r"\p{N}")), byte_level(False)]),
    "dbrx": ("olmo2", "dbrx", None),
    "llama-bpe": ("llama3", "llama-bpe", None),
    "refact": ("granite", "refact", None),
    "qwen2": ("qwen3", "qwen2", None),
    "gpt-4o": ("gpt2", "gpt-4o", [split(cased()), byte_level(False)]),
}

SPLIT = {"granite": 12}  # tensors in each part
FUSED = ("mixtral",)  # as with --fuse-gate-up-exps

COMMON = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=128)
GQA = dict(COMMON, intermediate_size=64, num_key_value_heads=2)
EXPERTS = dict(GQA, num_experts_per_tok=2)
LONGROPE = families.longrope(3)
LLAMA3 = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=8192)

# name: (architecture, family, tokenizer, type of the matrices, transformers reads it, settings)
CASES = {
    "llama_rope": ("llama", "llama", "llama-bpe", "Q4_0", True, dict(GQA, rope_theta=500000.0, rope_scaling=LLAMA3, max_position_embeddings=16384)),
    "mistral": ("llama", "mistral", "llama", "Q4_0", False, dict(GQA, sliding_window=6, head_dim=16)),
    "mixtral": ("llama", "mixtral", "llama", "Q4_0", False, dict(EXPERTS, num_local_experts=3)),
    "qwen2moe": ("qwen2moe", "qwen2_moe", "qwen2", "Q5_1", True, dict(EXPERTS, num_experts=3, moe_intermediate_size=32, shared_expert_intermediate_size=64)),
    "qwen3moe": ("qwen3moe", "qwen3_moe", "qwen2", "Q5_0", True, dict(EXPERTS, num_experts=3, moe_intermediate_size=32, head_dim=16, norm_topk_prob=True)),
    "gpt_oss": ("gpt-oss", "gpt_oss", "gpt-4o", "MXFP4", False, dict(EXPERTS, intermediate_size=32, num_local_experts=4, head_dim=16, sliding_window=6, rope_parameters=dict(
        rope_type="yarn", rope_theta=150000.0, factor=4.0, beta_fast=32.0, beta_slow=1.0, truncate=False, original_max_position_embeddings=32))),
    "gemma": ("gemma", "gemma", "gemma", "Q4_0", False, dict(GQA, num_key_value_heads=1, head_dim=16)),
    "gemma2": ("gemma2", "gemma2", "gemma", "Q5_0", True, dict(GQA, head_dim=16, query_pre_attn_scalar=16, sliding_window=6)),
    "gemma3": ("gemma3", "gemma3_text", "gemma", "Q4_1", True, dict(GQA, head_dim=16, query_pre_attn_scalar=16, sliding_window=6, num_hidden_layers=6, intermediate_size=32,
        rope_parameters=dict(full_attention=dict(rope_type="linear", factor=8.0, rope_theta=1000000.0), sliding_attention=dict(rope_type="default", rope_theta=10000.0)))),
    "phi2": ("phi2", "phi", "gpt-2", "Q4_1", False, dict(COMMON, intermediate_size=128, partial_rotary_factor=0.5)),
    "phi3": ("phi3", "phi3", "phi3", "Q5_0", True, dict(GQA, sliding_window=6)),
    "phi3_longrope": ("phi3", "phi3", "gpt-2", "Q5_1", False, dict(GQA, partial_rotary_factor=0.75, original_max_position_embeddings=16, rope_scaling=LONGROPE)),
    "granite": ("granite", "granite", "refact", "Q4_0", False, dict(GQA, embedding_multiplier=3.0, attention_multiplier=0.2, residual_multiplier=0.7, logits_scaling=2.0)),
    "smollm3": ("smollm3", "smollm3", "llama-bpe", "Q5_0", False, dict(GQA, num_hidden_layers=4, intermediate_size=32, rope_theta=5000000.0, no_rope_layer_interval=4)),
    "olmo2": ("olmo2", "olmo2", "dbrx", "Q5_1", False, dict(GQA)),
    "stablelm": ("stablelm", "stablelm", "stablelm2", "Q8_0", True, dict(GQA, use_qkv_bias=True, partial_rotary_factor=0.25)),
    "stablelm_parallel": ("stablelm", "stablelm", "stablelm2", "Q4_0", False, dict(GQA, use_parallel_residual=True, qk_layernorm=True, partial_rotary_factor=0.25)),
    "gpt2": ("gpt2", "gpt2", "gpt-2", "Q4_1", True, dict(n_embd=32, n_layer=2, n_head=4, n_positions=128)),
    "gptneox": ("gptneox", "gpt_neox", "mpt", "Q4_0", False, dict(COMMON, intermediate_size=64, rotary_pct=0.5)),
    "falcon_7b": ("falcon", "falcon", "falcon", "Q4_1", True, dict(COMMON)),
    "falcon_40b": ("falcon", "falcon", "falcon", "Q5_1", False, dict(COMMON, new_decoder_architecture=True, num_kv_heads=2)),
}


def make_tokenizer(folder, name):
    source, pre, steps = TOKENIZERS[name]
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(os.path.join(GOLDEN, source, file), folder)
    if steps:
        path = os.path.join(folder, "tokenizer.json")
        with open(path) as f:
            content = json.load(f)
        content["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": steps}
        with open(path, "w") as f:
            json.dump(content, f)
    return pre


class Writer:
    """Writes one model as llama.cpp's converter would."""

    def __init__(self, folder, path, arch, matrix, split, fused):
        self.arch, self.matrix, self.fused = arch, getattr(Type, matrix), fused
        self.config = AutoConfig.from_pretrained(folder)
        self.c = self.config.to_dict()
        self.folder = folder
        self.out = gguf.GGUFWriter(path, arch, split_max_tensors=split)
        number = next(k for k, v in gguf.MODEL_ARCH_NAMES.items() if v == arch)
        self.layers = self.c.get("num_hidden_layers") or self.c["n_layer"]
        self.map = gguf.get_tensor_name_map(number, self.layers)
        self.heads = self.c.get("num_attention_heads") or self.c["n_head"]
        self.key_heads = self.c.get("num_key_value_heads") or self.heads
        self.hidden = self.c.get("hidden_size") or self.c["n_embd"]

    # -- tensors

    def type_of(self, name, shape):
        """MXFP4 is for experts; vectors and small tables stay whole, as do router weights."""
        if len(shape) < 2 or "norm" in name or name.endswith(".bias") or "gate_inp" in name or shape[-1] % 32:
            return Type.F32
        if self.matrix == Type.MXFP4:
            return Type.MXFP4 if "_exps" in name else Type.Q8_0
        return self.matrix

    def add(self, name, array):
        array = np.ascontiguousarray(array, dtype=np.float32)
        kind = self.type_of(name, array.shape)
        if kind == Type.F32:
            self.out.add_tensor(name, array)
        else:
            packed = gguf.quants.quantize(array, kind)
            assert np.array_equal(gguf.quants.dequantize(packed, kind), array), name + " is not rounded"
            self.out.add_tensor(name, packed, raw_dtype=kind)

    def rounded(self, name, array):
        kind = self.type_of(name, array.shape)
        if kind == Type.F32:
            return array
        for _ in range(4):  # until rounding changes nothing any more
            array = gguf.quants.dequantize(gguf.quants.quantize(array, kind), kind)
        return array

    def name_of(self, hf):
        stem, suffix = hf.rsplit(".", 1) if hf.endswith((".weight", ".bias")) else (hf, "")
        name = self.map.get_name(stem)
        assert name is not None, hf
        return name + ("." + suffix if suffix else ".weight")

    def permuted(self, w, heads):
        return w.reshape(heads, 2, w.shape[0] // heads // 2, *w.shape[1:]).swapaxes(1, 2).reshape(w.shape)

    def together(self, w, heads, key_heads):
        """Queries, keys and values that lie key head by key head, one kind after the other."""
        group = heads // key_heads
        w = w.reshape(key_heads, group + 2, -1, *w.shape[1:])
        rows = [w[:, :group], w[:, group : group + 1], w[:, group + 1 :]]
        return np.concatenate([r.reshape(-1, *w.shape[3:]) for r in rows])

    def tensors(self, state, write):
        """Calls write(GGUF name, array) for each tensor of a Hugging Face state."""
        stacks = {}
        for hf, w in state.items():
            if hf == "lm_head.weight" and self.c.get("tie_word_embeddings"):
                continue
            if self.arch in ("llama", "granite", "smollm3") and re.search(r"\.(q|k)_proj\.", hf):
                w = self.permuted(w, self.heads if ".q_proj." in hf else self.key_heads)
            if self.arch.startswith("gemma") and hf.endswith("norm.weight"):
                w = w + 1
            if self.arch == "gpt2" and hf.endswith((".c_attn.weight", ".c_proj.weight", ".c_fc.weight")):
                w = w.T
            if "query_key_value" in hf:
                w = self.together(w, self.heads, self.heads if self.arch == "gptneox" else self.falcon_key_heads())
            if hf.endswith("shared_expert_gate.weight"):
                w = w[0]
            if hf.endswith(".sinks"):
                write("blk.%s.attn_sinks.weight" % hf.split(".")[2], w)
                continue
            stacked = re.sub(r"experts\.\d+\.(w\d|\w+_proj)", r"experts.\1", re.sub(r"layernorm\.norms\.\d+", "layernorm", hf))
            if stacked != hf:
                stacks.setdefault(stacked, []).append(w)
            elif "experts.gate_up_proj" in hf:
                self.gate_and_up(hf, w, write)
            elif hf.endswith("experts.down_proj"):
                write(self.name_of(hf), w.swapaxes(1, 2))
            elif hf.endswith("experts.down_proj_bias"):
                write("blk.%s.ffn_down_exps.bias" % hf.split(".")[2], w)
            else:
                write(self.name_of(hf), w)
        if self.fused:
            for hf in [hf for hf in stacks if ".w1." in hf]:
                name = "blk.%s.ffn_gate_up_exps.weight" % hf.split(".")[2]
                write(name, np.concatenate([np.stack(stacks.pop(h)) for h in (hf, hf.replace(".w1.", ".w3."))], 1))
        for hf, parts in stacks.items():
            hf = re.sub(r"model\.layers\.(\d+)\.block_sparse_moe\.experts", r"layers.\1.feed_forward.experts", hf)
            write(self.name_of(hf), np.stack(parts))

    def gate_and_up(self, hf, w, write):
        layer = hf.split(".")[2]
        for kind, first in (("gate", 0), ("up", 1)):
            if hf.endswith("_bias"):
                write("blk.%s.ffn_%s_exps.bias" % (layer, kind), w[:, first::2])
            else:
                write("blk.%s.ffn_%s_exps.weight" % (layer, kind), w.swapaxes(1, 2)[:, first::2])

    def falcon_key_heads(self):
        return self.c["num_kv_heads"] if self.c["new_decoder_architecture"] else 1

    def round(self, state):
        """Rounds the weights to what their type in the file holds."""
        for hf in state:
            one = {hf: state[hf].numpy()}
            names, fused, self.fused = [], self.fused, False
            self.tensors(one, lambda name, array: names.append(name))
            self.fused = fused
            turned = self.arch == "gpt2" and ".c_" in hf or self.arch == "gpt-oss" and "experts" in hf and "bias" not in hf
            turned = turned and one[hf].ndim > 1
            array = one[hf].swapaxes(-1, -2) if turned else one[hf]
            if names and array.ndim > 1:
                array = self.rounded(names[0], np.ascontiguousarray(array))
            state[hf] = torch.from_numpy(np.ascontiguousarray(array.swapaxes(-1, -2) if turned else array))
        return state

    # -- keys

    def put(self, key, value):
        key = "%s.%s" % (self.arch, key)
        if isinstance(value, float):
            self.out.add_float32(key, value)
        else:
            self.out.add_uint32(key, value)

    def keys(self):
        c = self.c
        width = {"falcon": 4 * self.hidden, "phi2": 4 * self.hidden, "gpt2": 4 * self.hidden}.get(self.arch) or c["intermediate_size"]
        self.put("block_count", self.layers)
        self.put("context_length", 2048 if self.arch == "falcon" else c.get("max_position_embeddings") or c["n_positions"])
        self.put("embedding_length", self.hidden)
        self.put("feed_forward_length", width)
        self.put("attention.head_count", self.heads)
        if self.arch not in ("gpt2", "gptneox"):
            self.put("attention.head_count_kv", self.falcon_key_heads() if self.arch == "falcon" else self.key_heads)
        if c.get("rms_norm_eps"):
            self.put("attention.layer_norm_rms_epsilon", float(c["rms_norm_eps"]))
        else:
            self.put("attention.layer_norm_epsilon", float(c.get("layer_norm_eps") or c["layer_norm_epsilon"]))
        if c.get("head_dim") and self.arch != "stablelm":
            self.put("attention.key_length", c["head_dim"])
            self.put("attention.value_length", c["head_dim"])
        self.rope()
        getattr(self, "keys_" + self.arch.replace("-", "_"), lambda: None)()

    def rope(self):
        c = self.c
        given = c.get("rope_parameters") or {}
        rope = given.get("full_attention", given)
        if "rope_theta" in rope and self.arch not in ("gptneox", "falcon", "stablelm", "phi2"):
            self.put("rope.freq_base", float(rope["rope_theta"]))
        kind = rope.get("rope_type")
        if kind in ("linear", "yarn"):
            self.out.add_string(self.arch + ".rope.scaling.type", kind)
            self.put("rope.scaling.factor", float(rope["factor"]))
        if kind == "yarn":
            self.put("rope.scaling.original_context_length", rope["original_max_position_embeddings"])
            self.put("rope.scaling.yarn_beta_fast", float(rope["beta_fast"]))
            self.put("rope.scaling.yarn_beta_slow", float(rope["beta_slow"]))
        share = rope.get("partial_rotary_factor")
        size = c.get("head_dim") or self.hidden // self.heads
        if share is not None:
            self.put("rope.dimension_count", int(size * share))
        elif self.arch in ("llama", "smollm3", "granite"):
            self.put("rope.dimension_count", size)
        if kind == "llama3":
            self.out.add_tensor("rope_freqs.weight", llama3_factors(rope, size))
        if kind == "longrope":
            length, original = c["max_position_embeddings"], c["original_max_position_embeddings"]
            self.put("rope.scaling.attn_factor", math.sqrt(1 + math.log(length / original) / math.log(original)))
            self.out.add_tensor("rope_factors_long.weight", np.array(rope["long_factor"], np.float32))
            self.out.add_tensor("rope_factors_short.weight", np.array(rope["short_factor"], np.float32))

    def experts(self):
        self.put("expert_count", self.c.get("num_local_experts") or self.c["num_experts"])
        self.put("expert_used_count", self.c["num_experts_per_tok"])

    def keys_llama(self):
        self.put("vocab_size", self.c["vocab_size"])
        if self.c.get("num_local_experts"):
            self.experts()
        if self.c.get("sliding_window"):
            self.put("attention.sliding_window", self.c["sliding_window"])

    def keys_qwen2moe(self):
        self.experts()
        self.put("expert_feed_forward_length", self.c["moe_intermediate_size"])
        if "shared_expert_intermediate_size" in self.c:
            self.put("expert_shared_feed_forward_length", self.c["shared_expert_intermediate_size"])

    keys_qwen3moe = keys_qwen2moe

    def keys_gpt_oss(self):
        self.experts()
        self.put("attention.sliding_window", self.c["sliding_window"])
        self.put("expert_feed_forward_length", self.c["intermediate_size"])

    def keys_gemma2(self):
        self.put("attn_logit_softcapping", float(self.c["attn_logit_softcapping"]))
        self.put("final_logit_softcapping", float(self.c["final_logit_softcapping"]))
        self.put("attention.sliding_window", self.c["sliding_window"])

    def keys_gemma3(self):
        self.put("attention.sliding_window", self.c["sliding_window"])
        self.put("rope.freq_base_swa", float(self.c["rope_parameters"]["sliding_attention"]["rope_theta"]))

    def keys_phi3(self):
        self.put("rope.scaling.original_context_length", self.c["original_max_position_embeddings"])
        self.put("attention.sliding_window", self.c.get("sliding_window") or 0)

    def keys_granite(self):
        self.put("attention.scale", float(self.c["attention_multiplier"]))
        self.put("embedding_scale", float(self.c["embedding_multiplier"]))
        self.put("residual_scale", float(self.c["residual_multiplier"]))
        self.put("logit_scale", float(self.c["logits_scaling"]))
        self.put("vocab_size", self.c["vocab_size"])

    def keys_stablelm(self):
        self.out.add_bool("stablelm.use_parallel_residual", bool(self.c["use_parallel_residual"]))

    def keys_gptneox(self):
        self.out.add_bool("gptneox.use_parallel_residual", bool(self.c["use_parallel_residual"]))

    def keys_falcon(self):
        self.out.add_string("falcon.tensor_data_layout", "jploski")

    # -- tokenizer

    def tokenizer(self, pre):
        with open(os.path.join(self.folder, "tokenizer.json")) as f:
            content = json.load(f)
        model, added = content["model"], {t["id"]: t for t in content["added_tokens"]}
        by_id = {i: t for t, i in model["vocab"].items()} | {i: t["content"] for i, t in added.items()}
        pieces = model.get("byte_fallback", False)
        size = self.c["vocab_size"]
        tokens = [by_id.get(i, "[PAD%d]" % i) for i in range(size)]
        kinds = [self.kind(i, tokens[i], by_id, added, pieces) for i in range(size)]
        merges = [m if isinstance(m, str) else " ".join(m) for m in model["merges"]]
        self.out.add_tokenizer_model("llama" if pieces else "gpt2")
        self.out.add_tokenizer_pre(pre)
        self.out.add_token_list(tokens)
        if pieces:
            ranks = {m.replace(" ", ""): -float(i + 1) for i, m in reversed(list(enumerate(merges)))}
            self.out.add_token_scores([ranks.get(t, -1e6) for t in tokens])
        else:
            self.out.add_token_merges(merges)
        self.out.add_token_types(kinds)
        known = AutoTokenizer.from_pretrained(self.folder)
        for name, key in (("bos", "bos"), ("eos", "eos"), ("pad", "padding"), ("unk", "unknown")):
            if getattr(known, name + "_token_id") is not None:
                self.out.add_uint32("tokenizer.ggml.%s_token_id" % key, getattr(known, name + "_token_id"))
        self.out.add_add_bos_token(known.encode("a")[0] == known.bos_token_id)

    @staticmethod
    def kind(i, token, by_id, added, pieces):
        if i not in by_id:
            return gguf.TokenType.UNUSED
        if i in added:
            if pieces and token == "<unk>":
                return gguf.TokenType.UNKNOWN
            return gguf.TokenType.CONTROL if added[i]["special"] else gguf.TokenType.USER_DEFINED
        return gguf.TokenType.BYTE if pieces and re.fullmatch(r"<0x[0-9A-F]{2}>", token) else gguf.TokenType.NORMAL

    def write(self, state, pre):
        self.keys()
        self.tokenizer(pre)
        self.tensors({k: v.numpy() for k, v in state.items()}, self.add)
        self.out.write_header_to_file()
        self.out.write_kv_data_to_file()
        self.out.write_tensors_to_file()
        self.out.close()


def llama3_factors(rope, size):
    factors = []
    for i in range(0, size, 2):
        wave = 2 * math.pi * rope["rope_theta"] ** (i / size)
        old, low, high, scale = (rope[k] for k in ("original_max_position_embeddings", "low_freq_factor", "high_freq_factor", "factor"))
        smooth = min(1, max(0, (old / wave - low) / (high - low)))
        factors.append(1 / ((1 - smooth) / scale + smooth))
    return np.array(factors, np.float32)


def make(folder, family, settings, tokenizer, seed):
    pre = make_tokenizer(folder, tokenizer)
    known = AutoTokenizer.from_pretrained(folder)
    torch.manual_seed(seed)
    ids = dict(bos_token_id=known.bos_token_id, eos_token_id=known.eos_token_id, pad_token_id=known.pad_token_id)
    config = AutoConfig.for_model(family, **settings, vocab_size=len(known) + 3, **ids)
    model = AutoModelForCausalLM.from_config(config).float()
    families.randomise(model, torch.Generator().manual_seed(seed))
    model.tie_weights()
    model.save_pretrained(folder)
    return pre, known


def loaded(path, **more):
    return AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32, attn_implementation="eager", **more).eval()


class Reference(families.Reference):
    def __init__(self, model):
        self.model, self.remembers = model, False


def expect(model, known, where):
    reference = Reference(model)
    limit = len(known)
    prefix = known.bos_token_id if known.bos_token_id is not None else known.eos_token_id
    cases = [families.case(*families.draw(reference, n, n, limit), name="len%d" % n) for n in (1, 40)]
    batch = [families.case(*families.draw(reference, n, n + 500, limit)) for n in (11, 23)]
    generations = [families.generation(reference, n, i, limit) for i, n in enumerate((7, 3))]
    for entry in generations:
        entry["output_text"] = known.decode(entry["output_ids"], skip_special_tokens=True)
        entry["finish"] = "eos" if entry["output_ids"][-1] == known.eos_token_id else "length"
    likelihoods = []
    for context, continuation in families.TEXTS:
        stripped = context.rstrip()
        moved = context[len(stripped) :] + continuation
        first = known.encode(stripped) if context else [prefix]
        second = known.encode(stripped + moved)[len(first) :] if context else known.encode(continuation, add_special_tokens=False)
        likelihoods.append(families.likelihood(reference, first, second, 10**6, context=context, continuation=continuation))
    tokens = [dict(text=t, ids=known.encode(t), decoded=known.decode(known.encode(t), skip_special_tokens=True)) for t in TEXTS]
    return dict(
        transformers=transformers.__version__,
        computed_from=where,
        cases=cases,
        batch=dict(sequences=batch),
        generate=generations,
        loglikelihood=likelihoods,
        tokenize=tokens,
    )


def case(out, name, seed=5):
    arch, family, tokenizer, matrix, reads, settings = CASES[name]
    folder = os.path.join(out, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    path = os.path.join(folder, "model.gguf")
    with tempfile.TemporaryDirectory() as hf:
        pre, known = make(hf, family, settings, tokenizer, seed)
        writer = Writer(hf, path, arch, matrix, SPLIT.get(name, 0), name in FUSED)
        weights = os.path.join(hf, "model.safetensors")
        state = writer.round(load_file(weights))
        save_file(state, weights, metadata={"format": "pt"})
        writer.write(state, pre)
        model, where = loaded(hf), "the original"
        if reads:
            ids = torch.tensor([list(range(5, 45))])
            with torch.inference_mode():
                original = model(ids).logits
                model, where = loaded(folder, gguf_file="model.gguf", config=model.config), "the GGUF file"
                read = model(ids).logits
            off = ((read - original).abs().max() / original.abs().max()).item()
            assert off < 2e-5, "%s: transformers reads another model from the file (%g)" % (name, off)
        expected = expect(model, known, where)
    with open(os.path.join(folder, "expected.json"), "w") as f:
        json.dump(expected, f, separators=(",", ":"))
        f.write("\n")
    print(name, where, *(os.path.getsize(os.path.join(folder, f)) // 1024 for f in sorted(os.listdir(folder))), "KiB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    torch.set_num_threads(1)
    transformers.utils.logging.set_verbosity_error()
    for name in args.names or CASES:
        case(args.out, name)


if __name__ == "__main__":
    main()
