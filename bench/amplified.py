#!/usr/bin/env python3
"""How many samples it takes until the first careless answer, plainly and by amplified sampling.

    bench/amplified.py --base BASE --tuned ADAPTER --out DIR [--seeds 5] [--samples 120]

Runs `palimpsest audit --suite free-answers --amplify N` once per seed over one data folder, so that the answers of the suite itself are computed
once, and reads report.json: for each way, the number of the first careless answer by marker (N + 1 where none came), and the median over the seeds.
DIR gets amplified.json with all of it, the samples too.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", required=True)
    parser.add_argument("--tuned", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--samples", type=int, default=120)
    parser.add_argument("--suite", default="free-answers", help="free-answers, or a folder with open questions")
    parser.add_argument("--palimpsest", default=os.environ.get("PALIMPSEST", str(HERE.parent / "palimpsest")))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    runs = [run(asked, seed) for seed in range(asked.seeds)]
    ways = [one["way"] for one in runs[0]]
    result = {"samples": asked.samples, "seeds": asked.seeds, "ways": {}, "found": runs}
    plain = None
    for way in ways:
        firsts = [next(one for one in found if one["way"] == way)["first"] or asked.samples + 1 for found in runs]
        median = statistics.median(firsts)
        plain = median if way == "plain" else plain
        result["ways"][way] = {"first": firsts, "median": median, "plainOverThis": plain / median}
        print(f"{way:42s} first careless answer {firsts}, median {median:g}, plain / this {plain / median:.1f}")
    (asked.out / "amplified.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


def run(asked, seed):
    folder = asked.out / f"seed-{seed}"
    command = asked.palimpsest.split() + [
        "audit", "--base", asked.base, "--tuned", asked.tuned, "--suite", asked.suite, "--plan", "full",
        "--amplify", str(asked.samples), "--seed", str(seed), "--out", str(folder), "--data", str(asked.out / "data"),
    ]
    done = subprocess.run(command, stdout=sys.stderr)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"seed {seed}: palimpsest ended with {done.returncode}")
    return json.loads((folder / "report.json").read_text())["amplified"]


if __name__ == "__main__":
    main()
