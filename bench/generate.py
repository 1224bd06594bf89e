"""generate.py MODEL [--dtype float32|bfloat16] [--rounds R]: greedy generation against transformers.generate, one thread each, in turn.

Two workloads of 64 prompts × 64 new tokens with uneven lengths: plain prompts, and chats that share a system prompt. The peer is
batched (its best of 8, 16, 32, 64) and left-padded. Both get the same token ids; loading is outside both times.
"""

import argparse
import json
import os
import random
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch

from common import machine, median, palimpsest, sentence

NEW = 64


def prompts(tokenizer, shared):
    rng = random.Random(11)
    texts = ["Write about this: " + sentence(rng, rng.randint(8, 60)) for _ in range(64)]
    if not shared:
        return [tokenizer(t, add_special_tokens=False)["input_ids"] for t in texts]
    system = "You answer briefly and in plain words. " + " ".join(sentence(rng, 12) for _ in range(16))
    return [
        tokenizer.apply_chat_template(
            [{"role": "system", "content": system}, {"role": "user", "content": t}],
            add_generation_prompt=True,
            return_dict=False,
        )
        for t in texts
    ]


@torch.inference_mode()
def peer_run(model, ids, batch, pad):
    out = [None] * len(ids)
    order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))
    started = time.perf_counter()
    for at in range(0, len(ids), batch):
        rows = order[at : at + batch]
        width = max(len(ids[i]) for i in rows)
        x = torch.tensor([[pad] * (width - len(ids[i])) + ids[i] for i in rows])
        mask = torch.tensor([[0] * (width - len(ids[i])) + [1] * len(ids[i]) for i in rows])
        y = model.generate(input_ids=x, attention_mask=mask, max_new_tokens=NEW, do_sample=False, pad_token_id=pad)
        for i, row in zip(rows, y[:, width:].tolist()):
            out[i] = row
    return out, time.perf_counter() - started


def cut(row, eos):
    return row[: row.index(eos) + 1] if eos in row else row


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", help="the workloads with this in their name")
    parser.add_argument("--peer-batches", default="8,16,32,64", help="the best of these is the peer's")
    args = parser.parse_args()
    torch.set_num_threads(1)
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(args.model)
    model = AutoModelForCausalLM.from_pretrained(args.model, dtype=getattr(torch, args.dtype)).eval()
    eos = model.generation_config.eos_token_id
    eos = eos[0] if isinstance(eos, list) else eos
    report = {"machine": machine(), "dtype": args.dtype, "workloads": {}}
    for name, shared in {"plain prompts": False, "shared system prompt": True}.items():
        if args.only and args.only not in name:
            continue
        ids = prompts(tokenizer, shared)
        best = min(map(int, args.peer_batches.split(",")), key=lambda b: peer_run(model, ids, b, eos)[1])
        ours, theirs, same = [], [], 0
        for _ in range(args.rounds):
            expected, seconds = peer_run(model, ids, best, eos)
            theirs.append(seconds)
            found, seconds, _ = palimpsest(
                "generate", "--checkpoint", args.model, "--dtype", args.dtype, "--threads", "1",
                "--max-new-tokens", str(NEW),
                requests=[{"id": str(i), "prompt_ids": row} for i, row in enumerate(ids)],
            )
            ours.append(seconds)
            same = sum(cut(e, eos) == f["ids"] for e, f in zip(expected, found))
        row = {
            "peer_batch": best,
            "transformers_s": median(theirs),
            "palimpsest_s": median(ours),
            "ratio": median(theirs) / median(ours),
            "equal_rows_of_64": same,
        }
        report["workloads"][name] = row
        print(f"{name}: {row}", flush=True)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
