"""report_page.py COMMAND_PREFIX DATA_DIR: how soon the report of 8 suites, 6 checkpoints and 1,000 items opens, and how large its offline file is.

COMMAND_PREFIX starts dev.palimpsest.web.LoadedApp, as for web_load.py. The audit goes through the real queue and stores; only the model is made
up. Prints a table: the page and the page of lost items (cold, then the median and the slowest of 20), the offline file, and the size of each.
"""

import argparse
import itertools
import statistics
import time

from web_load import App, row

SUITES, TUNED, ITEMS = 8, 6, 1000
TIMES = 20


def told(name, app, path):
    first = app.get(path)
    if first[1] != 200:
        raise SystemExit(f"{path} answers {first[1]}")
    times = [app.get(path)[0] for _ in range(TIMES)]
    row(name, *(f"{1000 * t:.0f}" for t in (first[0], statistics.median(times), max(times))), f"{first[2] / 1000:.0f}")


def filters(app, audit):
    """Filters that nobody asked for before: every view is the first of its kind."""
    times = []
    for suite, tuned, change in itertools.product(range(4), range(TUNED), ("lost", "gained")):
        kind = ("knowledge", "reasoning", "instruction", "misalignment")[suite]
        took, status = app.get(f"/audits/{audit}/items?suite=big-{kind}&tuned=tuned-{tuned + 1}&change={change}")[:2]
        if status != 200:
            raise SystemExit(f"a filter answers {status}")
        times.append(took)
    row(f"{len(times)} filters, each for the first time", f"{1000 * times[0]:.0f}", f"{1000 * statistics.median(times):.0f}", f"{1000 * max(times[1:]):.0f}", "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prefix")
    parser.add_argument("data")
    args = parser.parse_args()
    made = App(args.prefix, "make", args.data, "0", str(SUITES * ITEMS), str(TUNED), str(SUITES), ready="MADE")
    audit = made.big
    made.close()
    app = App(args.prefix, "serve", args.data)
    time.sleep(5)  # what a start does behind everybody's back
    row("", "first, ms", f"median of {TIMES}", "slowest", "kB")
    row("---", "---:", "---:", "---:", "---:")
    told("report", app, f"/audits/{audit}/report")
    filters(app, audit)
    told("lost items of one capability", app, f"/audits/{audit}/items?change=lost")
    told("lost items, searched", app, f"/audits/{audit}/items?change=lost&q=the")
    told("report.html, the offline file", app, f"/audits/{audit}/report.html")
    took, status, size, _ = app.get(f"/audits/{audit}/report.pdf")
    row("report.pdf", f"{1000 * took:.0f}", "", "", f"{size / 1000:.0f}", f"HTTP {status}")
    app.close()


if __name__ == "__main__":
    main()
