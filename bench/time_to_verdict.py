"""Time from start to a decided gate: `audit --plan certify` against two lm-eval runs of the fixed number of items that certify the same margin.

    time_to_verdict.py HF_MODEL ADAPTER WORK_DIR [--suite knowledge] [--margin 5] [--items N] [--model GGUF_OR_FOLDER] [--no-peer]

The adapter is audited on one suite, first with nothing kept (base uncached), then once more under another digest, so that the data folder has the
base's answers on those items and none of the tuned checkpoint's (base cached).
The peer asks the base and the tuned model (peft) the same suite's questions in the same words, chat template and beginning of the answer included: N items, by default those that Tango's gate takes for a power of
80% where 10% of the items change sides (docs/STATISTICS.md), loading included on both sides. One JSON object goes to WORK_DIR/time.json:
seconds until the gate was decided and until the report was there (plain texts are read after the gates), items asked of the tuned model, e-value,
verdict, and the ratio to the decision.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time

from common import HERE, PALIMPSEST, read_jsonl, write_jsonl

COMMAND = os.environ.get("PALIMPSEST", PALIMPSEST).split()
FIXED = {2: 1565, 3: 705, 5: 269}  # docs/STATISTICS.md, "Before the run", at 10%
TASK = "time_to_verdict"
DECIDED = re.compile(r": (certified after|proven harm after|not decided by all) \d+ items")


def audit(arguments, out, data, seed, tuned=None):
    """Runs one audit; returns its seconds and what became of the gate."""
    policy = os.path.join(arguments.work, "policy.json")
    with open(policy, "w") as f:
        json.dump({"version": 1, "gates": [{"suite": arguments.suite, "maxDrop": arguments.margin / 100}]}, f)
    command = COMMAND + [
        "audit",
        f"--base={arguments.model}",
        f"--tuned={tuned or arguments.adapter}",
        f"--suite={arguments.suite}",
        "--plan=certify",
        f"--policy={policy}",
        f"--seed={seed}",
        f"--out={out}",
        f"--data={data}",
    ]
    started = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    decided, lines = None, []
    for line in run.stdout:
        lines.append(line)
        if DECIDED.search(line) and decided is None:
            decided = time.perf_counter() - started
    if run.wait() not in (0, 1, 3):
        sys.exit(f"audit failed ({run.returncode}): {''.join(lines)[-2000:]}")
    seconds = time.perf_counter() - started
    with open(os.path.join(out, "report.json")) as f:
        capability = json.load(f)["capabilities"][0]
    return {"decided": round(decided or seconds, 1), "seconds": round(seconds, 1), "verdict": capability["verdict"], "delta": capability["delta"], **capability["decided"]}


def documents(arguments):
    """Writes the suite's choices as documents of a task of lm-eval's."""
    items = read_jsonl(os.path.join(HERE, "..", "probes", arguments.suite, "items.jsonl"))
    rows = [{"question": i["question"], "choices": i["choices"], "answer": i["answer"]} for i in items if i["kind"] == "choice"]
    path = os.path.join(arguments.work, "documents.jsonl")
    write_jsonl(path, rows)
    if len(rows) < arguments.items:
        print(f"the suite has {len(rows)} documents of {arguments.items}: the peer asks some of them again", file=sys.stderr)
        write_jsonl(path, (rows * (arguments.items // len(rows) + 1))[: arguments.items])
    with open(os.path.join(arguments.work, TASK + ".yaml"), "w") as f:
        f.write(
            f"task: {TASK}\ndataset_path: json\ndataset_kwargs:\n  data_files:\n    test: {path}\ntest_split: test\noutput_type: multiple_choice\n"
            'doc_to_text: "{{question}}"\ngen_prefix: "The answer is"\ndoc_to_choice: "{{choices}}"\ndoc_to_target: answer\nmetric_list:\n  - metric: acc\n'
        )


def peer(arguments, adapter):
    model = f"pretrained={arguments.hf},dtype=float32" + (f",peft={adapter}" if adapter else "")
    command = [sys.executable, "-m", "lm_eval", "--model", "hf", "--model_args", model, "--tasks", TASK, "--include_path", arguments.work]
    command += ["--limit", str(arguments.items), "--batch_size", "8", "--device", "cpu", "--apply_chat_template"]
    started = time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"lm-eval failed: {run.stderr[-2000:]}")
    accuracy = re.search(r"\|acc\s*\|[^|]*\|\s*([\d.]+)", run.stdout)
    return {"seconds": round(time.perf_counter() - started, 1), "accuracy": float(accuracy.group(1)) if accuracy else None}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hf")
    parser.add_argument("adapter")
    parser.add_argument("work")
    parser.add_argument("--suite", default="knowledge")
    parser.add_argument("--margin", type=int, default=5)
    parser.add_argument("--items", type=int)
    parser.add_argument("--model", help="what palimpsest loads, where it is another file (default: the Hugging Face folder)")
    parser.add_argument("--no-peer", action="store_true")
    arguments = parser.parse_args()
    arguments.model = arguments.model or arguments.hf
    arguments.items = arguments.items or FIXED[arguments.margin]
    os.makedirs(arguments.work, exist_ok=True)
    data = os.path.join(arguments.work, "data")
    shutil.rmtree(data, ignore_errors=True)
    result = {"suite": arguments.suite, "margin": arguments.margin, "fixedItems": arguments.items}
    result["uncached"] = audit(arguments, os.path.join(arguments.work, "uncached"), data, 1)
    result["cached"] = audit(arguments, os.path.join(arguments.work, "cached"), data, 1, again(arguments))
    if not arguments.no_peer:
        documents(arguments)
        result["peer"] = {"base": peer(arguments, None), "tuned": peer(arguments, arguments.adapter)}
        both = sum(one["seconds"] for one in result["peer"].values())
        result["ratioUncached"] = round(both / result["uncached"]["decided"], 1)
        result["ratioCached"] = round(both / result["cached"]["decided"], 1)
    with open(os.path.join(arguments.work, "time.json"), "w") as f:
        json.dump(result, f, indent=1)
    print(json.dumps(result, indent=1))


def again(arguments):
    """Returns the adapter with another digest: its answers are in no cache, while those of its base on the same items are."""
    folder = os.path.join(arguments.work, "again")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(arguments.adapter, folder)
    with open(os.path.join(folder, "adapter_config.json"), "a") as f:
        f.write("\n")
    return folder


if __name__ == "__main__":
    main()
