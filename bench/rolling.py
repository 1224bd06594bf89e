"""rolling.py MODEL [--dtype float32|bfloat16] [--rounds R]: rolling log-likelihood of whole texts against lm-eval's HFLM, one thread each, in turn.

Eight texts of ~1000 tokens. Loading is outside both times; tokenisation is inside both. The peer runs at its best batch size.
"""

import argparse
import json
import os
import random
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch

from common import machine, median, palimpsest, sentence


def peer_run(lm, texts):
    from lm_eval.api.instance import Instance

    requests = [Instance("loglikelihood_rolling", {}, (t,), i) for i, t in enumerate(texts)]
    started = time.perf_counter()
    out = lm.loglikelihood_rolling(requests, disable_tqdm=True)
    return out, time.perf_counter() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    torch.set_num_threads(1)
    from lm_eval.models.huggingface import HFLM

    rng = random.Random(5)
    texts = [" ".join(sentence(rng, 12) for _ in range(70)) for _ in range(8)]
    lm = HFLM(pretrained=args.model, dtype=args.dtype, device="cpu", batch_size=1)
    tried = {}
    for batch in (1, 4):
        lm.batch_size_per_gpu = batch
        tried[batch] = peer_run(lm, texts)[1]
    best = lm.batch_size_per_gpu = min(tried, key=tried.get)
    ours, theirs, differences = [], [], []
    for _ in range(args.rounds):
        expected, seconds = peer_run(lm, texts)
        theirs.append(seconds)
        found, seconds, _ = palimpsest(
            "score", "--checkpoint", args.model, "--dtype", args.dtype, "--threads", "1",
            requests=[{"id": str(i), "text": t} for i, t in enumerate(texts)],
        )
        ours.append(seconds)
        differences += [abs(a - b["logprob"]) / b["tokens"] for a, b in zip(expected, found)]
    print(json.dumps({
        "machine": machine(), "dtype": args.dtype, "rounds": args.rounds, "texts": len(texts),
        "tokens": sum(row["tokens"] for row in found), "lm_eval_batch": best,
        "lm_eval_s": median(theirs), "palimpsest_s": median(ours), "ratio": median(theirs) / median(ours),
        "max_difference_nats_per_token": max(differences),
    }, indent=1))


if __name__ == "__main__":
    main()
