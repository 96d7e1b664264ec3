"""docs/performance.md, from what was measured last of each row."""
from figures import Figures, figures_of, number, share

HEAD = """# Performance

Measured by `scripts/bench`, which wrote this page: each row of the table at least five times, the hub and its yardstick
in turn, on one machine in one run. The server has one processor, the load generator (`tests/bench`) another. The
figures in units are those of that run and machine; what carries to another is the ratio, and it is the ratios that the
goals are about. `scripts/bench --quick` prints a first impression, `scripts/bench ROW…` measures single rows anew.

| row | what | yardstick | unit | hub | yardstick | ratio (median) | spread | per processor second | goal | held |
|---|---|---|---|---|---|---|---|---|---|---|
"""

NOTES = """
The spread is that of the ratios, smallest to largest. Where a ratio is of times or bytes, smaller is better. *Per
processor second* is the ratio of what a second of the servers' own processor time brings: where it is above the ratio,
the load generator, not the hub, was at its limit.

## What is not held, and why

- `telemetry-1`: ten messages of one connection are one turn – read, commit, answer –, and then each program waits for
  the other. Such a round takes about 125 µs here, 75 of them in the hub; four times mosquitto would be 28, which is less
  than it takes to wake two processes. mosquitto answers message by message and so keeps both sides busy. A second of
  the hub's processor brings 1.1 to 1.4 times as many.
- `twin-patch-p99` and `power-twin-patch-p99`: the yardstick is a commit inside one process. A report crosses the
  loopback and TLS twice: where nothing queues, at 500 a second, its median here is 270 µs and its p99 475 µs, most of it
  the waking of processes. At half of the peak turns gather, which is what the peak comes from.
- `twin-patch-latency` (a goal of our own): the median is 195 µs, the p99 1 to 3 ms from run to run. It grows with the log
  that a checkpoint moves, 4 MB here: with 16 or 32 MB it was 3 to 6 ms, with 1 MB 0.7 to 2 ms. The checkpoint's
  synchronisations take 4 to 6 ms each, on a thread of its own, on the one processor that the server has here; what of
  that holds the answers up is not known. mosquitto writes nothing.
- `growth-create`: new rows fall among a million others, on pages of their own, which the checkpoint then writes one by
  one, on the same processor: 1.3 to 2 times the cost of the first thousand, as the checkpoint comes and goes.
- `registry-put` and `power-registry-put`: a row of the bare loop takes 5 µs of a processor. nginx needs 16 µs to send a
  small file over TLS, so no server would come near to 0.6 on one processor. The hub's 40 µs are that, and a token, a
  parsed document, two keys, an identity and a twin written, and a document in return.

## How it is measured

- The hub runs as it does without options: with a data folder on disk, `--durability process`, log level `info`; in the
  rows that begin with `power-`, with `--durability power`.
  mosquitto has one listener with TLS, a password file, `set_tcp_nodelay true` and no persistence. All servers show
  a certificate and that of its CA, with keys on P-256; clients speak TLS 1.3, without resumption.
- Closed loop: each connection has a fixed number of requests on their way. Open loop (the p99 row): requests are sent
  when they are due, and their latency counts from then, whatever became of those before.
- The bare SQLite loop writes rows of the given size in transactions of 64, in WAL mode with `synchronous = NORMAL`, and
  does nothing else. For the p99 row it commits each row alone.
- Memory is what only the server's process holds (`Private_Clean` and `Private_Dirty` of `/proc/PID/smaps_rollup`), after
  less before, by the number of sessions or identities.
- A start counts from the process's start to the CONNACK of the first client, TLS included.
- The 1,000 identities of the growth rows become more by what the row that creates measures, which runs last.
"""


def spread_text(spread):
    return "–" if spread is None else f"{spread[0]:.2f}–{spread[1]:.2f}"


def ratio_text(ratio):
    return "–" if ratio is None else f"{ratio:.2f}"


def line_of(row, result):
    start = f"| `{row.name}` | {row.what} | {row.yardstick} | {row.unit} |"
    if "failure" in result:
        return f"{start} – | – | – | – | – | {row.goal.text(row.unit)} | {result['failure']} |"
    found = figures_of(result["pairs"], result["busy"])
    held = {True: "yes", False: "**no**", None: "–"}[row.goal.held_by(found)]
    return (f"{start} {number(found.hub)} | {number(found.yardstick)} |"
            f" {ratio_text(found.ratio)} | {spread_text(found.spread)} |"
            f" {ratio_text(found.by_processor)} | {row.goal.text(row.unit)} | {held} |")


def page(rows, results):
    lines = [line_of(row, results.get(row.name, {"failure": "not measured"})) for row in rows]
    return HEAD + "\n".join(lines) + "\n" + NOTES


def summary(row, result):
    """A line for the terminal."""
    if "failure" in result:
        return f"{row.name:24} {result['failure']}"
    found: Figures = figures_of(result["pairs"], result["busy"])
    held = {True: "held", False: "NOT HELD", None: ""}[row.goal.held_by(found)]
    ratio = "" if found.ratio is None else f"{found.ratio:6.2f}x ({spread_text(found.spread)})"
    busy = result["busy"][-1]
    return (f"{row.name:24} hub {number(found.hub):>9} yardstick {number(found.yardstick):>9}"
            f" {row.unit:10} {ratio:22} goal {row.goal.text(row.unit):9} {held:8}"
            f" busy {share(busy[0])} / {share(busy[1])},"
            f" per processor second {ratio_text(found.by_processor)}x")
