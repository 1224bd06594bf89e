"""Uploads under kill -9: the server is killed at random moments while files are sent, hashed, moved and checked, and goes on.

    python bench/upload_kills.py [--kills 100] [--seed 1] [--mb 120] [--seconds 2.5] [--command "./palimpsest"]

Checkpoints are sent one after the other, in pieces, by a client that asks for the offset and goes on whenever the server is
gone. After every start: no offset that was ever told has gone back. At the end of each: READY, with the digest of the files
that were sent, each byte of them in place, and nothing left of the upload. Python's standard library alone.
"""

import argparse
import collections
import hashlib
import http.client
import json
import os
import pathlib
import random
import re
import shlex
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURE = ROOT / "src/test/resources/checkpoint/tiny"
PIECE = 1 << 18


class Server:
    """`palimpsest serve` over one data folder, started again after each kill."""

    def __init__(self, command, data):
        self.command = shlex.split(command)
        self.data = data
        self.port = None
        self.up = threading.Event()

    def start(self):
        self.process = subprocess.Popen(
            [*self.command, "serve", "--port", "0", "--data", str(self.data)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
        )
        for line in self.process.stdout:
            found = re.search(r"Palimpsest is at http://[^:]+:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                self.up.set()
                return
        raise SystemExit("the server did not start")

    def java(self):
        """The process of the server itself, below the shells that started it."""
        parents = collections.defaultdict(list)
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(stat.read_text().rpartition(")")[2].split()[1])].append(int(stat.parent.name))
            except OSError:
                pass
        waiting = [self.process.pid]
        while waiting:
            pid = waiting.pop(0)
            program = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if pathlib.Path(program[0].decode()).name == "java" and b"serve" in program:
                return pid
            waiting += parents[pid]
        raise SystemExit("there is no server to kill")

    def kill(self):
        self.up.clear()
        os.kill(self.java(), signal.SIGKILL)
        self.process.stdout.close()
        self.process.wait()

    def stop(self):
        self.up.clear()
        os.kill(self.java(), signal.SIGTERM)
        self.process.stdout.close()
        self.process.wait()


class Sender:
    """Sends one checkpoint to its end, however often the server goes away."""

    def __init__(self, server, folder, name, chance):
        self.server = server
        self.folder = folder
        self.name = name
        self.chance = chance
        self.told = {}
        self.phase = "declaring"
        self.offsets = 0
        self.failure = None

    def ask(self, method, path, body=None, headers=None):
        self.server.up.wait()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def until_answered(self, *request):
        while True:
            try:
                return self.ask(*request)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)

    def run(self):
        try:
            self.send()
        except BaseException as failure:
            self.failure = failure
            raise

    def send(self):
        files = [{"path": path.name, "size": path.stat().st_size} for path in sorted(self.folder.iterdir())]
        body = json.dumps({"name": self.name, "kind": "base", "files": files})
        status, _, answer = self.until_answered("POST", "/api/checkpoints", body, {"Content-Type": "application/json"})
        if status == 409:
            # Killed between writing the row and the answer: the checkpoint is there, and its page knows it.
            status, _, page = self.until_answered("GET", "/checkpoints")
            self.id = re.search(rb'/checkpoints/([0-9a-z]{10})"[^>]*>' + self.name.encode(), page).group(1).decode()
            _, _, answer = self.until_answered("GET", f"/api/checkpoints/{self.id}")
        declared = json.loads(answer)
        self.id = declared["id"]
        self.phase = "sending"
        for file in declared["files"]:
            self.send_file(file)
        self.phase = "checking"
        while True:
            _, _, answer = self.until_answered("GET", f"/api/checkpoints/{self.id}")
            state = json.loads(answer)
            if state["state"] not in ("CHECKING", "UPLOADING"):
                break
            time.sleep(0.02)
        self.phase = "done"
        assert state["state"] == "READY", state

    def send_file(self, file):
        content = (self.folder / file["path"]).read_bytes()
        while True:
            status, headers, _ = self.until_answered("HEAD", file["url"], None, {"Tus-Resumable": "1.0.0"})
            assert status == 200, status
            offset = int(headers["Upload-Offset"])
            self.offsets += 1
            assert self.told.get(file["url"], 0) <= offset <= len(content), (self.told, offset)
            self.told[file["url"]] = offset
            if offset == len(content):
                return
            self.patch(file["url"], content, offset)

    def patch(self, url, content, offset):
        """One turn: all that is left, or less, in pieces with pauses, so that moments differ."""
        end = len(content) if self.chance.random() < 0.7 else offset + self.chance.randrange(1, len(content) - offset + 1)
        try:
            self.server.up.wait()
            with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as line:
                head = f"PATCH {url} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\nTus-Resumable: 1.0.0\r\nConnection: close\r\n"
                head += f"Content-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\nContent-Length: {end - offset}\r\n\r\n"
                line.sendall(head.encode())
                for at in range(offset, end, PIECE):
                    line.sendall(content[at : min(at + PIECE, end)])
                    time.sleep(0.004)
                answer = line.makefile("rb").read()
            found = re.search(rb"\r\nUpload-Offset: (\d+)", answer)
            if answer.startswith(b"HTTP/1.1 204") and found:
                self.told[url] = int(found.group(1))
        except OSError:
            time.sleep(0.05)


def checkpoint(folder, mb, chance):
    """The smallest fixture, and beside it weights that are hashed and not used, so that hashing takes a while."""
    shutil.copytree(FIXTURE, folder)
    size = mb << 20
    header = json.dumps({"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}}).encode()
    with open(folder / "extra.safetensors", "wb") as out:
        out.write(struct.pack("<Q", len(header)) + header)
        out.write(chance.randbytes(size))
    return folder


def root(folder):
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).parts):
        if path.is_file():
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--mb", type=int, default=120)
    options.add_argument("--seconds", type=float, default=2.5, help="the longest life of a server")
    options.add_argument("--command", default=str(ROOT / "palimpsest"))
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    phases = collections.Counter()
    rounds = offsets = 0
    with tempfile.TemporaryDirectory() as temporary:
        room = pathlib.Path(temporary)
        server = Server(chosen.command, room / "data")
        server.start()
        while sum(phases.values()) < chosen.kills:
            rounds += 1
            source = checkpoint(room / f"source{rounds}", chosen.mb, chance)
            sender = Sender(server, source, f"round {rounds}", random.Random(chance.random()))
            thread = threading.Thread(target=sender.run)
            thread.start()
            while thread.is_alive():
                thread.join(chance.uniform(0.0, chosen.seconds))
                if thread.is_alive() and sum(phases.values()) < chosen.kills:
                    phases[sender.phase] += 1
                    print(f"\r{sum(phases.values())} kills, checkpoint {rounds}", end="", file=sys.stderr, flush=True)
                    server.kill()
                    server.start()
            assert sender.failure is None, sender.failure
            kept = room / "data/checkpoints" / sender.id / f"round-{rounds}"
            _, _, page = sender.until_answered("GET", f"/checkpoints/{sender.id}")
            assert root(source) == root(kept) and root(source).encode() in page, "a byte is wrong"
            left = list((room / "data/uploads").glob("*/*")) if (room / "data/uploads").exists() else []
            assert not left, left
            offsets += sender.offsets
            shutil.rmtree(source)
        server.stop()
        kept = len(list((room / "data/checkpoints").iterdir()))
        assert kept == rounds, (kept, rounds)
    told = ", ".join(f"{count} while {phase}" for phase, count in sorted(phases.items()))
    print(f"{sum(phases.values())} kills ({told}), {rounds} checkpoints of {chosen.mb} MB each whole and byte for byte as sent;")
    print(f"{offsets} offsets asked for, none went back; nothing was left of any upload")


if __name__ == "__main__":
    main()
