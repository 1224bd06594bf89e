"""growth.py MODEL [MODEL…] [--rounds R]: how the cost of four-choice items grows with items, choices, shots and model size.

One thread, float32, medians of R rounds; loading is outside the times. Contexts of ~60 tokens, choices of ~8. "per item" of the shots has
their prefix of ~110 tokens a shot in it, which is computed once. No peer: choice.py compares.
"""

import argparse
import json
import os
import random

os.environ.setdefault("OMP_NUM_THREADS", "1")

from common import choice_items, machine, median, palimpsest, sentence


def shots(n):
    rng = random.Random(3)
    return "".join("Question: " + sentence(rng, 75) + "\nAnswer: " + sentence(rng, 8) + "\n\n" for _ in range(n))


def seconds(model, items, rounds):
    requests = [
        {"id": f"{i}-{k}", "context": context, "continuation": choice}
        for i, (context, choices) in enumerate(items)
        for k, choice in enumerate(choices)
    ]
    times = [palimpsest("score", "--checkpoint", model, "--threads", "1", requests=requests)[1] for _ in range(rounds)]
    return {"items": len(items), "seconds": round(median(times), 2), "per_item": round(median(times) / len(items), 4)}


def with_choices(items, n):
    rng = random.Random(5)
    return [(context, (choices + [" " + sentence(rng, 5) for _ in range(n)])[:n]) for context, choices in items]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    first = args.model[0]
    report = {"machine": machine(), "items": {}, "choices": {}, "shots": {}, "models": {}}

    def note(kind, key, items, model=first):
        report[kind][key] = seconds(model, items, args.rounds)
        print(kind, key, report[kind][key], flush=True)

    for n in (12, 24, 48, 96):
        note("items", n, choice_items(n, 38, 5))
    for n in (2, 4, 8, 16):
        note("choices", n, with_choices(choice_items(24, 38, 5), n))
    for n in (0, 1, 3, 5, 10):
        note("shots", n, choice_items(24, 38, 5, prefix=shots(n)))
    for model in args.model:
        note("models", os.path.basename(os.path.normpath(model)), choice_items(8, 38, 5), model)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
