"""Uploads by tus against the same file written by curl, taken in turns; prints the medians and that of their ratios.

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


def timed(*commands):
    """Seconds by the clock, and CPU seconds of the commands themselves."""
    before = os.times()
    for command in commands:
        subprocess.run(command, check=True)
    after = os.times()
    children = after.children_user + after.children_system - before.children_user - before.children_system
    return after.elapsed - before.elapsed, children


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def upload(base, source, size, name):
    # The second file is not sent, so that no check of the checkpoint runs beside the next round.
    files = [{"path": "model.safetensors", "size": size}, {"path": "config.json", "size": 2}]
    declared = ask(base + "/api/checkpoints", {"name": name, "kind": "base", "files": files})
    url = next(file["url"] for file in declared["files"] if file["path"] == "model.safetensors")
    headers = ["Tus-Resumable: 1.0.0", "Upload-Offset: 0", "Content-Type: application/offset+octet-stream", "Expect:"]
    command = ["curl", "-sf", "-X", "PATCH", "-T", str(source), base + url]
    for header in headers:
        command += ["-H", header]
    return timed(command)


def write(source, target):
    taken = timed(["curl", "-sf", "-o", str(target), source.as_uri()], ["sync", str(target)])
    target.unlink()
    return taken


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--mb", type=int, default=512)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--data", type=pathlib.Path)
    options.add_argument("--server", help="address of an app that runs already, with its data on the same disk")
    options.add_argument("--pid", type=int, help="its process")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.data) as folder:
        room = pathlib.Path(folder)
        source = room / "model.safetensors"
        size = weights(source, chosen.mb)
        app, base = (None, chosen.server) if chosen.server else serve(room / "data")
        pid = app.pid if app else chosen.pid
        rounds = []
        try:
            for i in range(chosen.rounds):
                before = cpu_seconds(pid)
                sent, sending = upload(base, source, size, f"round-{os.getpid()}-{i}")
                receiving = cpu_seconds(pid) - before
                written, writing = write(source, room / "copy")
                rounds.append((sent, written, written / sent, sending, receiving, writing))
        finally:
            if app:
                app.terminate()
                app.wait()
    sent, written, ratio, sending, receiving, writing = (statistics.median(column) for column in zip(*rounds))
    print(f"tus {size / 1e6 / sent:.0f} MB/s, curl into a file {size / 1e6 / written:.0f} MB/s; in each round {ratio:.2f} of it")
    print(f"CPU seconds: {sending:.2f} to send and {receiving:.2f} to receive, {writing:.2f} to write with curl")


if __name__ == "__main__":
    main()
