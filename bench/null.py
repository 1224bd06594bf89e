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
import tempfile
import time

from common import HERE, PALIMPSEST


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


def audit(arguments, seed, folder):
    tuned, out = os.path.join(folder, f"itself-{seed}"), os.path.join(folder, f"report-{seed}")
    zero_adapter(os.path.join(HERE, "..", "samples", "null-lora"), tuned, f"order-{seed}")
    started = time.time()
    suites = [part for suite in arguments.suite for part in ("--suite", suite)]
    command = [*arguments.prefix.split(), PALIMPSEST, "audit", "--base", arguments.model, "--tuned", tuned, *suites]
    command += ["--plan", "quick", "--dtype", arguments.dtype, "--seed", str(seed), "--out", out]
    command += ["--data", os.path.join(folder, "data")]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"seed {seed} ended with {run.returncode}: {run.stderr[-2000:]}")
    with open(os.path.join(out, "report.json")) as f:
        capabilities = json.load(f)["capabilities"]
    keys = ("suite", "n", "base", "lost", "gained", "changedOutput", "delta", "ci90", "pMidMcNemar", "margin", "verdict")
    row = {"seed": seed, "seconds": round(time.time() - started, 1)}
    row["findings"] = [{key: found[key] for key in keys} for found in capabilities]
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--suite", action="append", default=[])
    parser.add_argument("--pause", type=float, default=0, help="seconds between two runs, on a machine that others share")
    parser.add_argument("--prefix", default="", help="a command to run each audit under, such as nice")
    parser.add_argument("--out", help="where the figures go, as JSON")
    arguments = parser.parse_args()
    arguments.suite = arguments.suite or ["knowledge", "reasoning"]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(arguments.seeds):
            rows.append(audit(arguments, seed, folder))
            print(json.dumps(rows[-1]), flush=True)
            time.sleep(arguments.pause)
    findings = [found for row in rows for found in row["findings"]]
    claims = [found for found in findings if found["verdict"] in ("FAILED", "CERTIFIED_WITH_REGRESSION")]
    items = sum(found["n"] for found in findings)
    result = {
        "dtype": arguments.dtype,
        "orders": len(rows),
        "findings": len(findings),
        "items": items,
        "right_or_wrong_changed": sum(found["lost"] + found["gained"] for found in findings),
        "claims": len(claims),
        "smallest_p": min(found["pMidMcNemar"] for found in findings),
        "runs": rows,
    }
    if arguments.out:
        with open(arguments.out, "w") as f:
            json.dump(result, f, indent=1)
    print({key: value for key, value in result.items() if key != "runs"})
    if claims:
        sys.exit(f"{len(claims)} regressions were claimed of a checkpoint that is the base")


if __name__ == "__main__":
    main()
