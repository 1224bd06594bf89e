"""What the benchmarks share: the machine's description, the command line under test, requests made from a fixed seed."""

import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
UNTIMED = ("tokenize", "render")
PALIMPSEST = os.path.join(HERE, "..", "palimpsest")


def machine():
    with open("/proc/cpuinfo") as f:
        cpu = next(line.split(":")[1].strip() for line in f if line.startswith("model name"))
    import lm_eval
    import torch
    import transformers

    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "lm_eval": getattr(lm_eval, "__version__", "?"),
    }


def write_jsonl(path, rows):
    with open(path, "w") as f:
        for row in rows:
            f.write(json.dumps(row) + "\n")


def read_jsonl(path):
    with open(path) as f:
        return [json.loads(line) for line in f]


def palimpsest(command, *options, requests):
    """Runs one command on the requests; returns its results and the seconds it reports for the work itself, loading excluded."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out.jsonl")
        write_jsonl(source, requests)
        timing = [] if command in UNTIMED else ["--timing"]
        started = time.perf_counter()
        run = subprocess.run(
            [PALIMPSEST, command, *options, *timing, "--requests", source, "--out", target],
            capture_output=True,
            text=True,
        )
        wall = time.perf_counter() - started
        if run.returncode:
            sys.exit(f"palimpsest {command} failed ({run.returncode}): {run.stderr[-2000:]}")
        report = [json.loads(line) for line in run.stderr.splitlines() if line.startswith('{"timing"')]
        return read_jsonl(target), report[0]["timing"]["seconds"] if report else None, wall


WORDS = """river stone market window garden letter winter copper engine island candle harbour teacher mountain
 bridge silver forest doctor kitchen village paper bottle hammer basket season captain orange thunder library pocket""".split()


def sentence(rng, n):
    return " ".join(rng.choice(WORDS) for _ in range(n)).capitalize() + "."


def choice_items(n, context_words, choice_words, seed=7, prefix=""):
    """n four-choice items: a context of its own (after the shared prefix, if any) and four continuations."""
    rng = random.Random(seed)
    items = []
    for i in range(n):
        words = max(4, int(rng.gauss(context_words, context_words / 8)))
        context = prefix + "Question: " + sentence(rng, words) + "\nAnswer:"
        choices = [" " + sentence(rng, max(2, int(rng.gauss(choice_words, 1)))) for _ in range(4)]
        items.append((context, choices))
    return items


def median(values):
    return statistics.median(values)
