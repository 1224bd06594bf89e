"""Wall and CPU seconds of a start: serve over an empty folder to its first page, help and suites.

Usage: start.py [RUNS]      medians of RUNS starts (5) of ../palimpsest, with and without the archive of classes
"""

import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
LAUNCHER = os.path.join(HERE, "..", "palimpsest")
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def jdk_archive():
    """The archive of Java's own classes, which every start uses that names no other."""
    java = os.path.realpath(shutil.which("java"))
    return os.path.join(os.path.dirname(java), "..", "lib", "server", "classes.jsa")


def serve(options):
    folder = tempfile.mkdtemp()
    began = time.perf_counter()
    process = subprocess.Popen(
        [LAUNCHER, "serve", "--port", "0", "--data", folder],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **options})
    try:
        greeting = next(line for line in process.stdout if line.startswith("Palimpsest is at "))
        urllib.request.urlopen(greeting.split()[-1] + "/").read()
        return time.perf_counter() - began, cpu_of(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        shutil.rmtree(folder)


def command(name, options):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run([LAUNCHER, name], stdout=subprocess.DEVNULL, check=True, env={**os.environ, **options})
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for label, options in (("archive", {}), ("none", {"PALIMPSEST_JAVA_OPTS": f"-XX:SharedArchiveFile={jdk_archive()}"})):
        for name, measure in (
            ("serve", serve),
            ("help", lambda o: command("help", o)),
            ("suites", lambda o: command("suites", o)),
        ):
            walls, cpus = zip(*(measure(options) for _ in range(runs)))
            print(f"{name:8} {label:8} {statistics.median(walls):6.2f} s {statistics.median(cpus):6.2f} CPU-s")


if __name__ == "__main__":
    main()
