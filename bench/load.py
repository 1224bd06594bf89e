"""load.py TOKENIZER_DIR GGUF_FILE WORK_DIR [--rounds R]: peak memory of a load, and the time from start to the first score.

Makes a model of random bfloat16 weights in WORK_DIR (585 million parameters and 1.2 GB unless --width and --layers say otherwise, kept for the next run) as a Hugging Face folder, with the tokenizer of TOKENIZER_DIR,
and as a GGUF file, with the metadata of GGUF_FILE. Each is loaded in bfloat16 and float32 by a fresh process that scores one short
request and ends; the peer is a fresh Python with transformers that loads the folder with from_pretrained and computes one forward pass. Peak memory is the
process's largest resident set, as the system counts it; "ratio" divides it by the parameters' bytes in the run's dtype.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

from common import PALIMPSEST, machine, median, write_jsonl



def shape(width, layers):
    heads = width // 64
    return dict(hidden_size=width, intermediate_size=width * 8 // 3, num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=heads)


REQUEST = {"id": "1", "context": "The river rises in the", "continuation": " mountains"}
PEER = """
import sys, torch
from transformers import AutoModelForCausalLM, AutoTokenizer
torch.set_num_threads(1)
model = AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=getattr(torch, sys.argv[2]))
ids = AutoTokenizer.from_pretrained(sys.argv[1])("The river rises in the mountains", return_tensors="pt").input_ids
with torch.inference_mode():
    print(torch.log_softmax(model(ids).logits[0, -2].float(), -1)[ids[0, -1]].item())
"""


def make(tokenizer, gguf, folder, file, sizes):
    import torch
    from safetensors.torch import save_file
    from transformers import AutoConfig, LlamaConfig

    old = AutoConfig.from_pretrained(tokenizer)
    config = LlamaConfig(**sizes, vocab_size=old.vocab_size, max_position_embeddings=2048, tie_word_embeddings=True,
                         bos_token_id=old.bos_token_id, eos_token_id=old.eos_token_id, architectures=["LlamaForCausalLM"])
    os.makedirs(folder, exist_ok=True)
    config.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "generation_config.json"):
        if os.path.exists(os.path.join(tokenizer, name)):
            shutil.copy(os.path.join(tokenizer, name), folder)
    torch.manual_seed(1)
    h, m = config.hidden_size, config.intermediate_size
    shapes = {"self_attn.q_proj": (h, h), "self_attn.k_proj": (h, h), "self_attn.v_proj": (h, h), "self_attn.o_proj": (h, h),
              "mlp.gate_proj": (m, h), "mlp.up_proj": (m, h), "mlp.down_proj": (h, m)}
    tensors = {"model.embed_tokens.weight": torch.randn(config.vocab_size, h).mul_(0.02).bfloat16(), "model.norm.weight": torch.ones(h).bfloat16()}
    for layer in range(config.num_hidden_layers):
        at = f"model.layers.{layer}."
        for name, shape in shapes.items():
            tensors[at + name + ".weight"] = torch.randn(shape).mul_(0.02).bfloat16()
        for name in ("input_layernorm", "post_attention_layernorm"):
            tensors[at + name + ".weight"] = torch.ones(h).bfloat16()
    save_file(tensors, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})
    write_gguf(gguf, file, config, tensors)


NAMES = {"self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
         "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down", "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm"}


def gguf_name(name):
    if name.startswith("model.layers."):
        _, _, layer, rest = name.split(".", 3)
        return f"blk.{layer}.{NAMES[rest.removesuffix('.weight')]}.weight"
    return {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight"}[name]


def write_gguf(source, target, config, tensors):
    """The weights as they are, their q and k rows in llama.cpp's order, beside another file's tokenizer."""
    import gguf
    import torch

    reader = gguf.GGUFReader(source)
    writer = gguf.GGUFWriter(target, "llama")
    for field in reader.fields.values():
        if field.name.startswith("tokenizer."):
            kind = field.types[0]
            writer.add_key_value(field.name, field.contents(), kind, field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(10000.0)
    writer.add_vocab_size(config.vocab_size)
    for name, value in tensors.items():
        if "q_proj" in name or "k_proj" in name:
            heads = config.num_attention_heads
            value = value.reshape(heads, 2, -1, value.shape[1]).transpose(1, 2).reshape(value.shape)
        if value.dim() == 1:
            writer.add_tensor(gguf_name(name), value.float().numpy())
        else:
            raw = value.contiguous().view(torch.uint8).numpy()
            writer.add_tensor(gguf_name(name), raw, raw_dtype=gguf.GGMLQuantizationType.BF16)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def run(command):
    """Runs a process to its end; returns its seconds, its largest resident set in bytes and its output."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        if status:
            err.seek(0)
            sys.exit(f"{command[:2]} failed: {err.read().decode()[-2000:]}")
        out.seek(0)
        return seconds, usage.ru_maxrss * 1024, out.read().decode()


def palimpsest(model, dtype):
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out.jsonl")
        write_jsonl(source, [REQUEST])
        seconds, peak, _ = run([PALIMPSEST, "score", "--checkpoint", model, "--dtype", dtype, "--requests", source, "--out", target])
        with open(target) as f:
            return seconds, peak, json.loads(f.readline())["logprob"]


def peer(model, dtype):
    seconds, peak, out = run([sys.executable, "-c", PEER, model, dtype])
    return seconds, peak, float(out.split()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tokenizer")
    parser.add_argument("gguf")
    parser.add_argument("work")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--width", type=int, default=1536)
    parser.add_argument("--layers", type=int, default=18)
    parser.add_argument("--ours-only", action="store_true", help="leaves the peer out, which needs 1.8 times the weights")
    parser.add_argument("--make-only", action="store_true")
    args = parser.parse_args()
    folder, file = (os.path.join(args.work, f"load-{args.width}-{args.layers}{end}") for end in ("", ".gguf"))
    if args.make_only:
        make(args.tokenizer, args.gguf, folder, file, shape(args.width, args.layers))
        return
    if not os.path.exists(file):  # by another process: a child's largest resident set counts that of the process it was forked from
        subprocess.run([sys.executable, *sys.argv, "--make-only"], check=True)
    from safetensors import safe_open

    with safe_open(os.path.join(folder, "model.safetensors"), "pt") as f:
        parameters = sum(f.get_slice(k).get_shape()[0] * (f.get_slice(k).get_shape() + [1])[1] for k in f.keys())
    runs = {}
    for _ in range(args.rounds):
        for dtype, width in (("bfloat16", 2), ("float32", 4)):
            for name, call in (("palimpsest, folder", lambda: palimpsest(folder, dtype)), ("palimpsest, gguf", lambda: palimpsest(file, dtype)),
                               ("transformers, folder", lambda: peer(folder, dtype))):
                if not (args.ours_only and name.startswith("transformers")):
                    runs.setdefault((name, dtype, width), []).append(call())
    rows = []
    for (name, dtype, width), results in runs.items():
        rows.append({"what": name, "dtype": dtype, "seconds": round(median([r[0] for r in results]), 2),
                     "peak_mb": round(median([r[1] for r in results]) / 1e6), "ratio": round(median([r[1] for r in results]) / (parameters * width), 3),
                     "logprob": results[0][2]})
    print(json.dumps({"machine": machine(), "rounds": args.rounds, "parameters": parameters, "rows": rows}, indent=1))


if __name__ == "__main__":
    main()
