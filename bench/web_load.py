"""web_load.py COMMAND_PREFIX DATA_DIR: how the web app answers many readers, over audits that dev.palimpsest.web.LoadedApp makes.

COMMAND_PREFIX starts LoadedApp, for example "java -Xmx512m -cp target/test-classes:target/classes:LIBRARIES dev.palimpsest.web.LoadedApp"
(mvn dependency:build-classpath names the libraries). DATA_DIR is made if it is missing: SMALL audits of 40 items and one of ITEMS items
on TUNED checkpoints. Readers come from addresses of their own, as the app limits each.
Every figure is of this machine as it is; the phases with and without readers of a running audit alternate.

  cold     the list and the report, first views after a start, and what they take of the processor
  readers  20 readers at once: the list, the report, items, a search, an item, and the downloads
  live     an audit that runs with nobody, with watchers of its progress (server-sent events) and with readers of its report
           (--burn 2 --millis 400: as many processes as a worker has threads keep the cores busy beside it, as a real model does, and
           what the readers take from them is what they take from an audit; outcomes come at a real model's pace)
  size     the database's file beside items.jsonl, before and after the app closes
"""

import argparse
import http.client
import os
import re
import shlex
import socket
import statistics
import subprocess
import threading
import time


class App:
    def __init__(self, prefix, *args, ready="AT"):
        self.process = subprocess.Popen(shlex.split(prefix) + list(args), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.big, self.port, self.done, self.closed = None, None, [], threading.Event()
        self.ready, self.sign = threading.Event(), ready
        threading.Thread(target=self.read, daemon=True).start()
        if not self.ready.wait(900):
            raise SystemExit("the app did not start")

    def read(self):
        for line in self.process.stdout:
            word = line.split()
            if word[:1] == ["BIG"]:
                self.big = word[1]
            elif word[:1] == ["DONE"]:
                self.done.append((int(word[1]) / 1e9, int(word[2])))
            elif word[:1] == ["AT"]:
                self.port = int(line.rsplit(":", 1)[1])
            if word[:1] == [self.sign]:
                self.ready.set()
        self.closed.set()

    def cpu(self):
        """Processor seconds and peak memory of the process so far."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        with open(f"/proc/{self.process.pid}/status") as status:
            peak = int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), peak

    def serving(self):
        """Processor seconds so far of the threads that are not the audit's: those that serve, make reports, compile and collect."""
        total = 0
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            try:
                with open(f"/proc/{self.process.pid}/task/{task}/stat") as stat:
                    name, fields = stat.read().rsplit(")", 1)
            except OSError:
                continue  # it has ended
            fields = fields.split()
            if not name.split("(", 1)[1].startswith(("ForkJoin", "audit")):
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def get(self, path, client=1):
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300, source_address=(f"127.0.0.{client}", 0))
        connection.request("GET", path)
        answer = connection.getresponse()
        size = 0
        body = b""
        while chunk := answer.read(1 << 16):
            size += len(chunk)
            body = body or chunk
        connection.close()
        return time.perf_counter() - began, answer.status, size, body.decode(errors="replace")

    def close(self):
        self.process.stdin.close()
        self.process.wait(120)


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def p95(times):
    return sorted(times)[max(0, int(len(times) * 0.95 + 0.999) - 1)]


def shown(times):
    return f"median {statistics.median(times) * 1000:.0f} ms, p95 {p95(times) * 1000:.0f} ms"


def find_big(app):
    """The big audit is the newest."""
    page = app.get("/audits")[3]
    return re.search(r'/audits/([a-z0-9]{10})"', page).group(1)


def cold(prefix, data):
    app = App(prefix, "serve", data)
    before = app.cpu()[0]
    first, status, _, _ = app.get("/audits")
    row("list, first view after a start", f"{first * 1000:.0f} ms", f"{app.cpu()[0] - before:.1f} CPU-s", f"HTTP {status}")
    again = [app.get("/audits")[0] for _ in range(10)]
    row("list, later views", shown(again))
    big = find_big(app)
    app.close()
    app = App(prefix, "serve", data)
    before = app.cpu()[0]
    times = []
    threads = [threading.Thread(target=lambda: times.append(app.get(f"/audits/{big}/report")[:2])) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    took, peak = app.cpu()[0] - before, app.cpu()[1]
    row("report of the big audit, four first views at once", f"{max(t[0] for t in times) * 1000:.0f} ms", f"{took:.1f} CPU-s", f"peak {peak:.0f} MB", f"HTTP {sorted({t[1] for t in times})}")
    row("report, later views", shown([app.get(f"/audits/{big}/report")[0] for _ in range(10)]))
    app.close()


def readers(prefix, data, count):
    app = App(prefix, "serve", data)
    big = find_big(app)
    items = f"/audits/{big}/items?suite=big-knowledge&tuned=tuned-1"
    paths = {
        "list": "/audits",
        "report": f"/audits/{big}/report",
        "items lost": items,
        "items, page 9 of all": items + "&change=all&page=9",
        "items, a search": items + "&change=all&q=water+mother",
        "one item": items.replace("/items", "/item") + "&change=all&item=big-knowledge-7",
        "report.html": f"/audits/{big}/report.html",
        "items.jsonl": f"/audits/{big}/items.jsonl",
    }
    for name, path in paths.items():
        results = []
        rounds = 1 if name == "items.jsonl" else 3

        def read():
            for _ in range(rounds):
                try:
                    results.append(app.get(path)[:3])
                except OSError:
                    results.append((300, 0, 0))

        threads = [threading.Thread(target=read) for _ in range(count)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        failed = sum(status != 200 for _, status, _ in results)
        row(f"{count} readers at once: {name}", shown([t for t, _, _ in results]), f"{results[0][2] / 1e3:.0f} kB each", f"{failed} failed")
    cpu, peak = app.cpu()
    row("process", f"{cpu:.0f} CPU-s", f"peak {peak:.0f} MB")
    app.close()


class Watcher(threading.Thread):
    """Reads an audit's events until told to stop."""

    def __init__(self, app, client):
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=60, source_address=(f"127.0.0.{client}", 0))
        self.path, self.bytes, self.status = f"/audits/{app.big}/events", 0, 0
        self.socket = None

    def run(self):
        try:
            self.connection.request("GET", self.path, headers={"Accept": "text/event-stream"})
            self.socket = self.connection.sock  # the answer takes it over
            answer = self.connection.getresponse()
            self.status = answer.status
            while chunk := answer.read1(1 << 16):
                self.bytes += len(chunk)
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass

    def stop(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            pass  # it was refused, and is closed


class Burners:
    """Processes that want a core each."""

    def __init__(self, count):
        self.all = [subprocess.Popen(["python3", "-c", "while True: pass"]) for _ in range(count)]

    def cpu(self):
        total = 0
        for one in self.all:
            with open(f"/proc/{one.pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def close(self):
        for one in self.all:
            one.kill()


def rate(app, seconds, burners):
    """Over the next so many seconds, a second: outcomes, processor seconds of the threads that serve, and those of the burners."""
    before, done, burnt, began = app.serving(), app.done[-1][1], burners.cpu(), time.perf_counter()
    time.sleep(seconds)
    took = time.perf_counter() - began
    return (app.done[-1][1] - done) / took, (app.serving() - before) / took, (burners.cpu() - burnt) / took


def slower(alone, with_others):
    """What others cost an audit: processor time of the threads that serve them, of all that the cores can give; and by the clock."""
    beside = statistics.mean(one[1] for one in with_others) - statistics.mean(one[1] for one in alone)
    cores = os.cpu_count()
    told = f"{beside * 1000:.0f} CPU-ms a second beside the audit, {100 * beside / cores:.1f}% of {cores} cores"
    burnt, burnt_then = (statistics.mean(one[2] for one in column) for column in (alone, with_others))
    if burnt:
        return f"{told}; the cores' other work got {burnt_then:.2f} of {burnt:.2f} cores"
    speed, speed_then = (statistics.median(one[0] for one in column) for column in (alone, with_others))
    return told + (f"; {100 - 100 * speed_then / speed:.1f}% slower by the clock" if speed else "; by the clock the audit stood still")


def live(prefix, data, items, tuned, millis, watchers, viewers, seconds, rounds, burn):
    app = App(prefix, "live", data, str(items), str(tuned), str(millis))
    while len(app.done) < 20:
        time.sleep(1)
    burners = Burners(burn)
    alone, watched, read, refused = [], [], [], 0
    pages = ["/audits", f"/audits/{app.big}/report", f"/audits/{app.big}/items?suite=big-knowledge&tuned=tuned-1&change=all", f"/audits/{app.big}/progress"]
    times = {path: [] for path in pages}
    row("first view of each page by one reader", *(f"{app.get(path)[0] * 1000:.0f} ms" for path in pages))
    for _ in range(rounds):
        alone.append(rate(app, seconds, burners))
        group = [Watcher(app, 1 + i // 4) for i in range(watchers)]
        [w.start() for w in group]
        time.sleep(2)
        watched.append(rate(app, seconds, burners))
        refused += sum(w.status != 200 for w in group)
        [w.stop() for w in group]
        time.sleep(2)
        ending = threading.Event()

        def look(turn):
            client = 100 + turn
            while not ending.is_set():
                path, turn = pages[turn % len(pages)], turn + 1
                try:
                    took, status = app.get(path, client)[:2]
                    times[path].append(took if status == 200 else 300)
                except OSError:
                    times[path].append(300)
                ending.wait(2)

        group = [threading.Thread(target=look, args=(i,), daemon=True) for i in range(viewers)]
        for thread in group:
            thread.start()
            time.sleep(2 / viewers)
        read.append(rate(app, seconds, burners))
        ending.set()
        [t.join() for t in group]
        told = [f"{speed:.0f} outcomes/s, {cpu:.2f} CPU-s a second of the threads that serve" for speed, cpu, _ in (alone[-1], watched[-1], read[-1])]
        row("round", f"alone {told[0]}", f"{watchers} watchers {told[1]}", f"{viewers} readers {told[2]}", f"{app.done[-1][1]} done")
    burners.close()
    row(f"{watchers} watchers of the progress", slower(alone, watched), f"{refused} refused")
    row(f"{viewers} readers of the running audit, one view each 2 s", slower(alone, read))
    for path in pages:
        row(path, shown(times[path]), f"{len(times[path])} views", f"{sum(t == 300 for t in times[path])} failed")
    app.process.kill()


def size(prefix, data):
    path = os.path.join(data, "palimpsest.mv.db")
    before = os.path.getsize(path)
    app = App(prefix, "serve", data)
    big = find_big(app)
    export = app.get(f"/audits/{big}/items.jsonl")[2]
    app.close()
    row("database", f"{before / 1e6:.0f} MB", f"{os.path.getsize(path) / 1e6:.0f} MB after another start and end", f"items.jsonl {export / 1e6:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prefix")
    parser.add_argument("data")
    parser.add_argument("--phases", default="cold,readers,live,size")
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--tuned", type=int, default=4)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--watchers", type=int, default=300)
    parser.add_argument("--viewers", type=int, default=50)
    parser.add_argument("--millis", type=int, default=10)
    parser.add_argument("--burn", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--rounds", type=int, default=3)
    told = parser.parse_args()
    if not os.path.exists(os.path.join(told.data, "palimpsest.mv.db")):
        subprocess.run(shlex.split(told.prefix) + ["make", told.data, str(told.small), str(told.items), str(told.tuned)], check=True)
    phases = told.phases.split(",")
    if "cold" in phases:
        cold(told.prefix, told.data)
    if "readers" in phases:
        readers(told.prefix, told.data, told.readers)
    if "live" in phases:
        live(told.prefix, told.data, told.items, told.tuned, told.millis, told.watchers, told.viewers, told.seconds, told.rounds, told.burn)
    if "size" in phases:
        size(told.prefix, told.data)


if __name__ == "__main__":
    main()
