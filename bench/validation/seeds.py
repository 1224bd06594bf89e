#!/usr/bin/env python3
"""Planted against found, seed after seed: audits tunes with known effects, other items each time, and counts how often each was named.

    seeds.py BASE ADAPTER... --out DIR [--seeds 20] [--first 0] [--suite ID...] [--items ID=N...] [--palimpsest COMMAND]

Each seed is one quick audit of all adapters over one data folder, so that an item that was drawn before is not computed again. The effects, and what
counts as found, are those of planted.py; what the chosen suites do not ask is left out. A row "nothing else" counts audits with a false alarm.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys

import planted

HERE = pathlib.Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("adapters", nargs="+")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the first seed, to go on with others")
    parser.add_argument("--suite", nargs="+", default=["knowledge", "reasoning", "instruction"])
    parser.add_argument("--items", nargs="*", default=[], metavar="ID=N", help="more items of a suite than a quick audit takes")
    parser.add_argument("--palimpsest", default=os.environ.get("PALIMPSEST", str(HERE.parent.parent / "palimpsest")))
    asked = parser.parse_args()
    found, texts, done = collections.Counter(), {}, 0
    for seed in range(asked.first, asked.seeds):
        report = audit(asked, seed)
        done += 1
        for arm in report["tuned"]:
            name = arm["name"]
            for effect in planted.EXPECT.get(name, {}).get("effects", []):
                named, text = planted.check(report, name, effect)
                if text not in ("not asked", "not measured"):
                    found[name, effect[0]] += named
                    texts[name, effect[0]] = text
            if name in planted.EXPECT:
                loud = planted.alarms(report, name, planted.EXPECT[name])
                found[name, "nothing else"] += not loud
                texts[name, "nothing else"] = "; ".join(loud) or texts.get((name, "nothing else"), "")
        table(found, texts, done, asked.out)


def table(found, texts, done, out):
    lines = [f"| tune | planted | named in audits of {done} | the last one |", "|---|---|---|---|"]
    lines += [f"| {name} | {effect} | {found[name, effect]} | {texts[name, effect]} |" for name, effect in texts]
    (out / "seeds.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines), flush=True)


def audit(asked, seed):
    folder = asked.out / f"seed-{seed}"
    command = asked.palimpsest.split() + ["audit", f"--base={asked.base}", *[f"--tuned={one}" for one in asked.adapters]]
    command += [*[f"--suite={one}" for one in asked.suite], *[f"--items={one}" for one in asked.items], "--plan=quick", f"--seed={seed}", f"--out={folder}", f"--data={asked.out / 'data'}"]
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(command, stdout=sys.stderr)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"seed {seed}: palimpsest ended with {done.returncode}")
    return json.loads((folder / "report.json").read_text())


if __name__ == "__main__":
    main()
