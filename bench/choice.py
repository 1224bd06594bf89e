"""choice.py MODEL [--dtype float32|bfloat16] [--items N] [--rounds R] [--peer-batch 16]

Four-choice items per second: `palimpsest score` against lm-eval's HFLM.loglikelihood on the same requests, one thread each, in
turn. Model loading is outside both times; tokenisation is inside both. Four workloads: no shots with contexts of ~60 tokens, contexts
of ~300 tokens, a shared 5-shot prefix of ~600 tokens, and letters: the choices in the context, answered by one token, where lm-eval's
one-token cache (on by default) computes each context once too.
"""

import argparse
import json
import os
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch

from common import choice_items, machine, median, palimpsest, sentence

import random


def workloads(n):
    rng = random.Random(3)
    shots = "".join("Question: " + sentence(rng, 75) + "\nAnswer: " + sentence(rng, 8) + "\n\n" for _ in range(5))
    return {
        "no shots, context ~60": choice_items(n, 38, 5),
        "no shots, context ~300": choice_items(max(n // 3, 8), 200, 5),
        "5 shared shots": choice_items(max(n // 3, 8), 38, 5, prefix=shots),
        "letters": [
            (context.removesuffix("\nAnswer:") + "".join(f"\n{a}.{c}" for a, c in zip("ABCD", choices)) + "\nAnswer:", [" A", " B", " C", " D"])
            for context, choices in choice_items(n, 38, 5)
        ],
    }


def peer(model, dtype, batch):
    from lm_eval.models.huggingface import HFLM

    return HFLM(pretrained=model, dtype=dtype, device="cpu", batch_size=batch)


def peer_run(lm, items):
    from lm_eval.api.instance import Instance

    requests = [
        Instance("loglikelihood", {}, (context, choice), i)
        for i, (context, choices) in enumerate(items)
        for choice in choices
    ]
    started = time.perf_counter()
    out = lm.loglikelihood(requests, disable_tqdm=True)
    return [ll for ll, _ in out], time.perf_counter() - started


def ours_run(model, dtype, items):
    requests = [
        {"id": f"{i}-{k}", "context": context, "continuation": choice}
        for i, (context, choices) in enumerate(items)
        for k, choice in enumerate(choices)
    ]
    out, seconds, _ = palimpsest(
        "score", "--checkpoint", model, "--dtype", dtype, "--threads", "1", requests=requests
    )
    return [row["logprob"] for row in out], seconds


def work_of(tokenizer, items):
    """Tokens that have to go through the layers, each context and a common beginning once, and positions that have to be scored."""
    contexts = [tokenizer(context)["input_ids"] for context, _ in items]
    shared = 0
    while all(len(ids) > shared + 1 and ids[shared] == contexts[0][shared] for ids in contexts):
        shared += 1
    tokens, scored = shared, 0
    for ids, (context, choices) in zip(contexts, items):
        lengths = [len(tokenizer(context + choice)["input_ids"]) - len(ids) for choice in choices]
        tokens += len(ids) - shared + sum(n - 1 for n in lengths)
        scored += 1 + sum(n - 1 for n in lengths)
    return tokens, scored


def matmul_seconds(config, dtype, tokens, scored):
    """Seconds of the matrix products alone, by torch on one thread, 1024 rows at a time; the head in float32 as ours."""
    head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    query, key = config.num_attention_heads * head, config.num_key_value_heads * head
    h, f = config.hidden_size, config.intermediate_size
    layer = sum(linear_seconds(i, o, dtype) for i, o in ((h, query + 2 * key), (query, h), (h, 2 * f), (f, h)))
    return tokens * config.num_hidden_layers * layer + scored * linear_seconds(h, config.vocab_size, torch.float32)


@torch.inference_mode()
def linear_seconds(inputs, outputs, dtype, rows=1024):
    x = torch.randn(rows, inputs, dtype=dtype)
    weights = [torch.randn(outputs, inputs, dtype=dtype) for _ in range(max(1, min(8, 2**27 // (inputs * outputs))))]
    times = []
    for i in range(24):
        started = time.perf_counter()
        torch.nn.functional.linear(x, weights[i % len(weights)])
        times.append(time.perf_counter() - started)
    return median(times) / rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--items", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", help="the workloads with this in their name")
    parser.add_argument("--peer-batches", default="4,16,32", help="the best of these is the peer's")
    args = parser.parse_args()
    torch.set_num_threads(1)
    report = {"machine": machine(), "dtype": args.dtype, "rounds": args.rounds, "workloads": {}}
    lm = peer(args.model, args.dtype, 16)
    for name, items in workloads(args.items).items():
        if args.only and args.only not in name:
            continue
        tried = {}
        for batch in map(int, args.peer_batches.split(",")):
            lm.batch_size_per_gpu = batch
            tried[batch] = peer_run(lm, items)
        best = lm.batch_size_per_gpu = min(tried, key=lambda b: tried[b][1])
        ours, theirs, differences, spread = [], [], [], [0.0]
        for batch, (scores, _) in tried.items():
            if batch != best:
                spread += [abs(a - b) for a, b in zip(scores, tried[best][0])]
        for _ in range(args.rounds):
            expected, seconds = peer_run(lm, items)
            theirs.append(seconds)
            found, seconds = ours_run(args.model, args.dtype, items)
            ours.append(seconds)
            differences += [abs(a - b) for a, b in zip(expected, found)]
        tokens, scored = work_of(lm.tokenizer, items)
        products = matmul_seconds(lm.model.config, getattr(torch, args.dtype), tokens, scored)
        row = {
            "items": len(items),
            "lm_eval_batch": best,
            "lm_eval_s": median(theirs),
            "palimpsest_s": median(ours),
            "ratio": median(theirs) / median(ours),
            "palimpsest_tokens": tokens,
            "palimpsest_tokens_per_s": tokens / median(ours),
            "share_of_matmul_peak": products / median(ours),
            "max_difference_nats": max(differences),
            "mean_difference_nats": sum(differences) / len(differences),
            "lm_eval_max_between_batch_sizes_nats": max(spread),
            "lm_eval_mean_between_batch_sizes_nats": sum(spread) / max(len(spread) - 1, 1),
        }
        report["workloads"][name] = row
        print(f"{name}: {row}", flush=True)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
