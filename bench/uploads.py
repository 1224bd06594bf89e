"""Uploads by tus against the same file written by curl, taken in turns; prints the medians and their ratio.

    python bench/uploads.py [--mb 512] [--rounds 5] [--data DIR]

Starts the app over DIR (a folder on the disk that is meant, a temporary one otherwise). Both ways end with the bytes on
disk: an upload that is acknowledged was forced there, so curl's file is forced too (`sync FILE`) before the clock stops.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import struct
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent


def serve(data):
    app = subprocess.Popen(
        [str(ROOT / "palimpsest"), "serve", "--port", "0", "--data", str(data)], stdout=subprocess.PIPE, text=True
    )
    for line in app.stdout:
        found = re.search(r"http://\S+", line)
        if found:
            return app, found.group(0)
    raise SystemExit("the app did not start")


def weights(path, mb):
    """A safetensors file of one tensor: the server looks at the beginning and refuses what is none."""
    size = mb << 20
    header = json.dumps({"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}}).encode()
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(header)) + header)
        for _ in range(mb):
            out.write(os.urandom(1 << 20))
    return path.stat().st_size


def ask(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def upload(base, source, size, name):
    # The second file is not sent, so that no check of the checkpoint runs beside the next round.
    files = [{"path": "model.safetensors", "size": size}, {"path": "config.json", "size": 2}]
    declared = ask(base + "/api/checkpoints", {"name": name, "kind": "base", "files": files})
    url = next(file["url"] for file in declared["files"] if file["path"] == "model.safetensors")
    headers = ["Tus-Resumable: 1.0.0", "Upload-Offset: 0", "Content-Type: application/offset+octet-stream", "Expect:"]
    command = ["curl", "-sf", "-X", "PATCH", "-T", str(source), base + url]
    for header in headers:
        command += ["-H", header]
    begun = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - begun


def write(source, target):
    begun = time.perf_counter()
    subprocess.run(["curl", "-sf", "-o", str(target), source.as_uri()], check=True)
    subprocess.run(["sync", str(target)], check=True)
    taken = time.perf_counter() - begun
    target.unlink()
    return taken


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--mb", type=int, default=512)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--data", type=pathlib.Path)
    options.add_argument("--server", help="address of an app that runs already over --data")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.data) as folder:
        room = pathlib.Path(folder)
        source = room / "model.safetensors"
        size = weights(source, chosen.mb)
        app, base = (None, chosen.server) if chosen.server else serve(room / "data")
        try:
            times = {"tus": [], "curl": []}
            for i in range(chosen.rounds):
                times["tus"].append(upload(base, source, size, f"round-{os.getpid()}-{i}"))
                times["curl"].append(write(source, room / "copy"))
        finally:
            if app:
                app.terminate()
                app.wait()
    rates = {way: size / 1e6 / statistics.median(taken) for way, taken in times.items()}
    print(f"tus {rates['tus']:.0f} MB/s, curl into a file {rates['curl']:.0f} MB/s, {rates['tus'] / rates['curl']:.2f} of it")


if __name__ == "__main__":
    main()
