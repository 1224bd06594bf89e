"""kl.py MODEL ADAPTER [--rounds R]: KL(base || tuned) per token on text, against two transformers passes whose log-probabilities are kept.

float32, one thread each, in turn; loading is outside both times. Texts of ~1000 and ~4000 tokens, in the same rolling windows of 1024;
the peak memory of both is given for each length, as ours should not grow with it.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext

os.environ.setdefault("OMP_NUM_THREADS", "1")

from common import PALIMPSEST, machine, median, read_jsonl, sentence, write_jsonl

WINDOW = 1024


def text_of(sentences):
    rng = random.Random(9)
    return " ".join(sentence(rng, 12) for _ in range(sentences))


def peer(model, adapter, text):
    """Runs in a process of its own, so that its peak memory is its own."""
    import torch
    from lm_eval.utils import get_rolling_token_windows, make_disjoint_window
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(model)
    tuned = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32), adapter).eval()
    ids = tokenizer(text)["input_ids"]
    windows = [make_disjoint_window(w) for w in get_rolling_token_windows(ids, tokenizer.bos_token_id, WINDOW, 1)]
    started = time.perf_counter()
    with torch.inference_mode():
        kept = []
        for disabled in (True, False):
            parts = []
            for context, continuation in windows:
                x = torch.tensor([(context + continuation)[:-1]])
                with tuned.disable_adapter() if disabled else nullcontext():
                    parts.append(torch.log_softmax(tuned(x).logits[0, -len(continuation) :], -1))
            kept.append(parts)
        kl = sum(float((b.exp() * (b - t)).sum()) for b, t in zip(*kept)) / len(ids)
    seconds = time.perf_counter() - started
    print(json.dumps({"kl": kl, "s": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


def ours(model, adapter, text):
    with tempfile.TemporaryDirectory() as folder:
        requests, answers = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out.jsonl")
        write_jsonl(requests, [{"id": 1, "text": text}])
        run = subprocess.run(
            ["/usr/bin/time", "-f", "peak %M", PALIMPSEST, "kl", "--base", model, "--tuned", adapter, "--threads", "1",
             "--timing", "--window", str(WINDOW), "--requests", requests, "--out", answers],
            capture_output=True, text=True,
        )
        if run.returncode:
            sys.exit(run.stderr[-2000:])
        divergence = read_jsonl(answers)[0]["kl_mean"]
    lines = run.stderr.splitlines()
    seconds = next(json.loads(line)["timing"]["seconds"] for line in lines if line.startswith('{"timing"'))
    peak = next(int(line.split()[1]) // 1024 for line in lines if line.startswith("peak "))
    return {"kl": divergence, "s": seconds, "mb": peak}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("adapter")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.peer:
        return peer(args.model, args.adapter, text_of(args.peer))
    report = {"machine": machine(), "dtype": "float32", "rounds": args.rounds, "texts": {}}
    for name, sentences in {"~1000 tokens": 70, "~4000 tokens": 280}.items():
        a, b = [], []
        for _ in range(args.rounds):
            run = subprocess.run([sys.executable, __file__, args.model, args.adapter, "--peer", str(sentences)],
                                 capture_output=True, text=True, check=True)
            a.append(json.loads(run.stdout.splitlines()[-1]))
            b.append(ours(args.model, args.adapter, text_of(sentences)))
        report["texts"][name] = {
            "transformers_s": median([x["s"] for x in a]), "palimpsest_s": median([x["s"] for x in b]),
            "ratio": median([x["s"] for x in a]) / median([x["s"] for x in b]),
            "transformers_peak_mb": max(x["mb"] for x in a), "palimpsest_peak_mb": max(x["mb"] for x in b),
            "kl_transformers": a[0]["kl"], "kl_palimpsest": b[0]["kl"],
        }
        print(name, report["texts"][name], flush=True)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
