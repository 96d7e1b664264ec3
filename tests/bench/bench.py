"""Measures the rows that are named, or all, and writes docs/performance.md. Run by scripts/bench.

usage: bench.py --bin DIR [--results FILE] [--page FILE] [--pairs N] [--seconds S] [--quick] [ROW...]
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

import growth
import report
import rows
from generator import Generator
from servers import Unavailable

QUICK_SECONDS = 1
SECONDS = 3


FAILURES = (RuntimeError, OSError, subprocess.SubprocessError)


def failed(failure):
    return {"failure": f"failed: {failure}".replace("\n", " ").replace("|", "/")}


def measure_pair(bench, row, hub_first):
    """((hub, yardstick), (busy, busy)), the sides in the order that was asked for."""
    found = {}
    for side in ("hub", "yardstick") if hub_first else ("yardstick", "hub"):
        measure = row.of_hub if side == "hub" else row.of_yardstick
        found[side] = measure(bench) if measure else {"value": None, "busy": None}
    return tuple((found["hub"][what], found["yardstick"][what]) for what in ("value", "busy"))


def measure_row(bench, row, pairs):
    try:
        found = [measure_pair(bench, row, number % 2 == 0) for number in range(pairs)]
    except Unavailable as missing:
        return {"failure": f"cannot run: {missing}"}
    except FAILURES as failure:
        return failed(failure)
    return {"pairs": [pair for pair, _ in found], "busy": [busy for _, busy in found]}


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--bin", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--results", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--page", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--pairs", type=int, default=5, help="paired runs of a row (5)")
    parser.add_argument("--seconds", type=float, default=SECONDS,
                        help=f"of each measurement ({SECONDS})")
    parser.add_argument("--quick", action="store_true", help="one short pair; no page is written")
    parser.add_argument("--list", action="store_true", help="print the names of the rows")
    parser.add_argument("rows", nargs="*", metavar="ROW")
    return parser.parse_args()


def chosen_rows(names):
    known = rows.PAIRED + growth.ROWS
    unknown = set(names) - {row.name for row in known}
    if unknown:
        sys.exit(f"scripts/bench: no row {sorted(unknown)[0]} (try --list)")
    return [row for row in known if not names or row.name in names]


def measure(bench, chosen, pairs, keep):
    for row in chosen:
        if row in rows.PAIRED:
            keep(row, measure_row(bench, row, pairs))
    grown = [row for row in chosen if row in growth.ROWS]
    if not grown:
        return
    try:
        growth.measure(bench, grown, pairs, keep)
    except FAILURES as failure:
        print(f"growth {failed(failure)['failure']}")


class Record:
    """What was measured last of each row, in a file; and the page made of it. Either may be None."""

    def __init__(self, file, page):
        self.file = file
        self.page = page
        known = file is not None and file.exists()
        self.results = json.loads(file.read_text(encoding="utf-8")) if known else {}

    def keep(self, row, result):
        print(report.summary(row, result), flush=True)
        self.results[row.name] = result
        if self.file:
            self.file.write_text(json.dumps(self.results, indent=1), encoding="utf-8")
        if self.page:
            text = report.page(rows.PAIRED + growth.ROWS, self.results)
            self.page.write_text(text, encoding="utf-8")


def main():
    given = arguments()
    chosen = chosen_rows(given.rows)
    if given.list:
        print("\n".join(row.name for row in chosen))
        return
    if given.quick:
        record, pairs, seconds = Record(None, None), 1, QUICK_SECONDS
    else:
        record, pairs, seconds = Record(given.results, given.page), given.pairs, given.seconds
    measure(Generator(given.bin, seconds), chosen, pairs, record.keep)


main()
