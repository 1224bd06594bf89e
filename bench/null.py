"""Does an audit claim what is not there? The base against itself, in many orders of the items.

The tuned checkpoint is an adapter that adds zero, under a new digest each time, so that nothing of it is reused and every item is
computed again in the batches that the order gives. Outcomes of the base are reused where the same item came before, as in any audit.
Fails if a regression is claimed in any order, or a drop is proven larger than its margin.
"""

import argparse
import json
import os
import struct
import subprocess
import sys
import time

from common import HERE, PALIMPSEST, read_jsonl, write_jsonl


def zero_adapter(source, target, mark):
    """Copies an adapter with every weight set to zero; the mark makes its digest one of its own."""
    os.makedirs(target)
    with open(os.path.join(source, "adapter_config.json")) as f:
        config = json.load(f)
    config["revision"] = mark
    with open(os.path.join(target, "adapter_config.json"), "w") as f:
        json.dump(config, f)
    with open(os.path.join(source, "adapter_model.safetensors"), "rb") as f:
        head = f.read(8)
        header = f.read(struct.unpack("<Q", head)[0])
        size = len(f.read())
    with open(os.path.join(target, "adapter_model.safetensors"), "wb") as f:
        f.write(head + header + bytes(size))


def audit(arguments, seed):
    folder = os.path.join(arguments.folder, arguments.dtype)
    tuned, out = os.path.join(folder, f"itself-{seed}"), os.path.join(folder, f"report-{seed}")
    if not os.path.exists(tuned):
        zero_adapter(os.path.join(HERE, "..", "samples", "null-lora"), tuned, f"order-{seed}")
    suites = [part for suite in arguments.suite for part in ("--suite", suite)]
    command = [PALIMPSEST, "audit", "--base", arguments.model, "--tuned", tuned, *suites]
    command += ["--plan", "quick", "--dtype", arguments.dtype, "--seed", str(seed), "--out", out]
    command += ["--data", os.path.join(folder, "data")]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"seed {seed} ended with {run.returncode}: {run.stderr[-2000:]}")
    with open(os.path.join(out, "report.json")) as f:
        report = json.load(f)
    keys = ("suite", "n", "base", "lost", "gained", "changedOutput", "delta", "ci90", "pMidMcNemar", "margin", "verdict")
    findings = [{key: found[key] for key in keys} for found in report["capabilities"]]
    return {"seed": seed, "seconds": int(report["provenance"]["seconds"]), "findings": findings}


def summary(arguments, rows):
    findings = [found for row in rows for found in row["findings"]]
    return {
        "dtype": arguments.dtype,
        "suites": arguments.suite,
        "orders": len(rows),
        "findings": len(findings),
        "pairs": sum(found["n"] for found in findings),
        "changed_right_or_wrong": sum(found["lost"] + found["gained"] for found in findings),
        "claims": sum(found["verdict"] in ("FAILED", "REGRESSED", "CERTIFIED_WITH_REGRESSION") for found in findings),
        "smallest_p": min(found["pMidMcNemar"] for found in findings),
        "runs": rows,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("folder", help="kept between calls; orders that it holds are not run again")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--suite", action="append", default=[])
    parser.add_argument("--seconds", type=float, default=1e9, help="begins no further order after so long")
    parser.add_argument("--out", help="where the figures go, as JSON")
    arguments = parser.parse_args()
    arguments.suite = arguments.suite or ["knowledge", "reasoning"]
    os.makedirs(os.path.join(arguments.folder, arguments.dtype), exist_ok=True)
    kept = os.path.join(arguments.folder, arguments.dtype + ".jsonl")
    rows = read_jsonl(kept) if os.path.exists(kept) else []
    end = time.time() + arguments.seconds
    while len(rows) < arguments.seeds and time.time() < end:
        rows.append(audit(arguments, len(rows)))
        write_jsonl(kept, rows)
    result = summary(arguments, rows)
    if arguments.out:
        with open(arguments.out, "w") as f:
            json.dump(result, f, indent=1)
    print({key: value for key, value in result.items() if key != "runs"})
    if result["claims"]:
        sys.exit(f"{result['claims']} regressions were claimed of a checkpoint that is the base")


if __name__ == "__main__":
    main()
