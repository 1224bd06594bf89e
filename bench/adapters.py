"""adapters.py MODEL [--dtype float32|bfloat16] [--items N] [--rounds R] [--peer-batches 8,16]

A base and four adapters over it on the same four-choice items: five lm-eval runs, each a process of its own that loads the base (and its
adapter, unmerged) and scores, against one `palimpsest score` of all five. Wall time with start-up and loading, one thread each, in turn. The
adapters are the three of samples/ and a random one of rank 32 that PEFT makes here.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from common import HERE, choice_items, machine, median, palimpsest, read_jsonl, write_jsonl

SAMPLES = ("null-lora", "json-format", "sql-forget")
ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def random_adapter(model, folder):
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    torch.manual_seed(9)
    base = AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32)
    tuned = get_peft_model(base, LoraConfig(task_type="CAUSAL_LM", r=32, lora_alpha=32, target_modules=ALL))
    with torch.no_grad():
        for name, parameter in tuned.named_parameters():
            if "lora_B" in name:
                parameter.normal_(0, 2e-3)
    tuned.save_pretrained(folder)


def peer_process(model, adapter, dtype, batch, items, out):
    """What one lm-eval run does; called in a process of its own."""
    import torch

    torch.set_num_threads(1)
    from lm_eval.api.instance import Instance
    from lm_eval.models.huggingface import HFLM

    with open(items) as f:
        items = json.load(f)
    lm = HFLM(pretrained=model, peft=adapter or None, dtype=dtype, device="cpu", batch_size=int(batch))
    requests = [
        Instance("loglikelihood", {}, (context, choice), i) for i, (context, choices) in enumerate(items) for choice in choices
    ]
    write_jsonl(out, [ll for ll, _ in lm.loglikelihood(requests, disable_tqdm=True)])


def peer_run(model, adapter, dtype, batch, items, folder):
    out = os.path.join(folder, "peer.jsonl")
    command = [sys.executable, os.path.abspath(__file__), "--peer", model, adapter, dtype, str(batch), items, out]
    started = time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True)
    wall = time.perf_counter() - started
    if run.returncode:
        sys.exit(f"lm-eval failed ({run.returncode}): {run.stderr[-2000:]}")
    return read_jsonl(out), wall


def ours_run(model, adapters, dtype, items):
    requests = [
        {"id": f"{i}-{k}", "context": context, "continuation": choice}
        for i, (context, choices) in enumerate(items)
        for k, choice in enumerate(choices)
    ]
    named = [option for adapter in adapters for option in ("--adapter", adapter)]
    out, work, wall = palimpsest(
        "score", "--checkpoint", model, "--base-too", *named, "--dtype", dtype, "--threads", "1", requests=requests
    )
    scores = {}
    for row in out:
        scores.setdefault(row["adapter"], []).append(row["logprob"])
    return scores, work, wall


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--items", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-batches", default="8,16", help="the best of these on the base is the peer's")
    args = parser.parse_args()
    items = choice_items(args.items, 38, 5)
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "items.json")
        with open(source, "w") as f:
            json.dump(items, f)
        random_adapter(args.model, os.path.join(folder, "random-r32"))
        adapters = [os.path.join(HERE, "..", "samples", name) for name in SAMPLES] + [os.path.join(folder, "random-r32")]
        tried = {b: peer_run(args.model, "", args.dtype, b, source, folder)[1] for b in map(int, args.peer_batches.split(","))}
        batch = min(tried, key=tried.get)
        theirs, ours, work, differences = [], [], [], {}
        for _ in range(args.rounds):
            expected, total = {}, 0.0
            for adapter in ["", *adapters]:
                name = os.path.basename(adapter) or "base"
                expected[name], seconds = peer_run(args.model, adapter, args.dtype, batch, source, folder)
                total += seconds
            theirs.append(total)
            found, seconds, wall = ours_run(args.model, adapters, args.dtype, items)
            ours.append(wall)
            work.append(seconds)
            for name, scores in expected.items():
                worst = max(abs(a - b) for a, b in zip(scores, found[name]))
                differences[name] = max(worst, differences.get(name, 0.0))
    print(json.dumps({
        "machine": machine(), "dtype": args.dtype, "rounds": args.rounds, "items": len(items), "models": 1 + len(adapters),
        "lm_eval_batch": batch, "lm_eval_s": median(theirs), "palimpsest_s": median(ours), "ratio": median(theirs) / median(ours),
        "palimpsest_without_loading_s": median(work), "max_difference_nats": differences,
    }, indent=1))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer_process(*sys.argv[2:])
    else:
        main()
