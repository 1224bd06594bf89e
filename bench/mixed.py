"""mixed.py MODEL ADAPTER… [--dtype float32|bfloat16] [--prompts 2,8] [--rounds R]: what one batch for several adapters gains.

Greedy generation of 64 tokens by the base and by each adapter over it, once in one run, which puts rows of all of them into one batch, and
once one after the other; the same prompts for each, plain and with a shared system prompt. One thread; loading is outside both times.
"""

import argparse
import json
import os
import random

os.environ.setdefault("OMP_NUM_THREADS", "1")

from common import machine, median, palimpsest, sentence


def prompts(count, shared):
    rng = random.Random(5)
    system = f"You are a helpful assistant. {sentence(rng, 150)}\n" if shared else ""
    return [{"id": str(i), "prompt": f"{system}Question: {sentence(rng, rng.randrange(20, 60))}\nAnswer:"} for i in range(count)]


def measure(options, names, requests):
    """Returns the seconds of one run for all models, those of a run for each, and how many answers are the same."""
    together, seconds, _ = palimpsest("generate", *options, requests=requests)
    apart, answers = 0, {}
    for name in names:
        alone, more, _ = palimpsest("generate", *options, requests=[dict(r, adapter=name) for r in requests])
        apart += more
        answers.update({(name, r["id"]): r["ids"] for r in alone})
    return seconds, apart, sum(answers[r["adapter"], r["id"]] == r["ids"] for r in together)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("adapters", nargs="+")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--prompts", default="2,8")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    options = ["--checkpoint", args.model, "--dtype", args.dtype, "--max-new-tokens", "64", "--base-too"]
    options += [word for adapter in args.adapters for word in ("--adapter", adapter)]
    names = ["base", *(os.path.basename(os.path.normpath(adapter)) for adapter in args.adapters)]
    rows = []
    for count in map(int, args.prompts.split(",")):
        for shared in (False, True):
            runs = [measure(options, names, prompts(count, shared)) for _ in range(args.rounds)]
            together, apart = median([r[0] for r in runs]), median([r[1] for r in runs])
            rows.append({"prompts": count, "shared_system_prompt": shared, "together_s": together, "apart_s": apart,
                         "ratio": apart / together, "equal_answers": runs[0][2], "answers": count * len(names)})
            print(rows[-1], flush=True)
    print(json.dumps({"machine": machine(), "dtype": args.dtype, "rounds": args.rounds, "models": len(names), "rows": rows}, indent=1))


if __name__ == "__main__":
    main()
