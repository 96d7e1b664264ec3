"""The rows about a registry that grows: one hub with about a thousand identities, one with almost a
million, both made by the bulk API, and what the same request costs at each. Tags "room" of a
hundred devices each are alike."""
import contextlib
import time

import servers
from generator import LONGEST_SECONDS
from rows import API, Row, at_most, start_hub_in

SMALL = 1000
LARGE = 990_000  # a million is the most there may be, and the last row creates some more
LARGE_WHEN_QUICK = 20_000
BULK = 100
NEW = '{"id":"d{}","importMode":"create","status":"enabled","tags":{"room":"r{/100}"}}'
INDEXED_MS = 20  # a page that comes faster did not look at a million twins
INDEXING_SECONDS = 600


class Registry:
    """A hub that is known to hold the devices d0 to d(count - 1)."""

    def __init__(self, bench, data):
        self.bench = bench
        self.data = data
        self.count = 1
        self.hub = None
        self.stack = contextlib.ExitStack()
        self.bytes_of_identity = 0

    def start(self):
        self.hub = self.stack.enter_context(servers.hub_in(self.bench.binary, self.data))

    def stop(self):
        self.stack.close()

    def ask(self, **arguments):
        """Microseconds of a request, the median."""
        found = self.bench.run("http", port=self.hub.ports["https"], token="owner", connections=1,
                               **arguments)
        if found["p50_us"] == 0:
            raise RuntimeError("no answer came while it was measured")
        return found["p50_us"]

    def create(self, devices):
        took = self.ask(method="POST", path=f"/devices?{API}", body=NEW, repeat=BULK,
                        first=self.count, order="sequential", requests=devices // BULK,
                        seconds=LONGEST_SECONDS, warm_up=0)
        self.count += devices
        return took

    def ask_of_any(self, **arguments):
        """Of devices whose numbers have as many digits as the largest: then a prefix that is two
        digits shorter has 111 devices, in a small registry as in a large one."""
        first = 10 ** (len(str(self.count - 1)) - 1)
        given = {"seconds": self.bench.seconds / 3, "warm_up": 0.1, **arguments}
        return self.ask(first=first, ids=self.count - first, **given)

    def query(self, condition, **arguments):
        return self.ask_of_any(method="POST", path=f"/devices/query?{API}",
                               headers="x-ms-max-item-count: 100\r\n",
                               body='{"query":"SELECT * FROM devices WHERE ' + condition + '"}',
                               **arguments)

    def wait_for_index(self):
        deadline = time.monotonic() + INDEXING_SECONDS
        once = {"requests": 1, "seconds": INDEXING_SECONDS, "warm_up": 0}
        while query_by_index(self, **once) > INDEXED_MS * 1000 and time.monotonic() < deadline:
            time.sleep(1)


def create(registry):
    return registry.create(5 * BULK)


def get(registry):
    return registry.ask_of_any(path=f"/devices/d{{}}?{API}")


def patch(registry):
    return registry.ask_of_any(method="PATCH", path=f"/twins/d{{}}?{API}",
                               body='{"properties":{"desired":{"interval":{}}}}')


def query_by_id(registry):
    return registry.query("STARTSWITH(deviceId, 'd{/100}')")


def query_by_index(registry, **arguments):
    return registry.query("tags.room = 'r{/100}'", **arguments)


def row(name, what, unit, goal, measure=None):
    yardstick = f"itself at {SMALL:,}" if measure else "–"
    return Row(f"growth-{name}", f"{LARGE:,} identities: {what}", yardstick, unit, goal, measure,
               measure)


PER_REQUEST = [
    row("get", "`GET /devices/…`, any", "µs", at_most(1.5), get),
    row("twin-patch", "`PATCH /twins/…`, any", "µs", at_most(1.5), patch),
    row("query-id", "page of 100 by the start of the id", "µs", at_most(1.5), query_by_id),
    row("query-index", "page of 100 by an indexed tag", "µs", at_most(1.5), query_by_index),
    row("create", f"bulk of {BULK} created", "µs", at_most(1.5), create),
]
RESTART = row("restart", "start to first answer", "ms", at_most(1000, "hub"),
              lambda registry: start_hub_in(registry.bench, registry.data)["value"])
MEMORY = row("memory", "memory of an identity", "B", at_most(1024, "hub"))
ROWS = [*PER_REQUEST, RESTART, MEMORY]


def fill(registry, devices):
    before = registry.hub.memory()
    registry.create(devices)
    registry.bytes_of_identity = (registry.hub.memory() - before) / devices
    registry.wait_for_index()


def pairs_of(one, small, large, pairs):
    """In turn the one or the other first."""
    found = []
    for number in range(pairs):
        order = (large, small) if number % 2 == 0 else (small, large)
        values = {id(registry): one.of_hub(registry) for registry in order}
        found.append((values[id(large)], values[id(small)]))
    return {"pairs": found, "busy": [(None, None)] * pairs}


def measure(bench, chosen, pairs, keep):
    """Calls `keep` with the result of each row."""
    with servers.folder() as first, servers.folder() as second, contextlib.ExitStack() as stack:
        small, large = Registry(bench, first), Registry(bench, second)
        for registry in (small, large):
            registry.start()
            stack.callback(registry.stop)
        fill(small, SMALL - BULK)
        fill(large, LARGE if pairs > 1 else LARGE_WHEN_QUICK)
        for one in chosen:
            if one in PER_REQUEST:
                keep(one, pairs_of(one, small, large, pairs))
        if MEMORY in chosen:
            keep(MEMORY, {"pairs": [(large.bytes_of_identity, None)], "busy": [(None, None)]})
        small.stop()
        large.stop()
        if RESTART in chosen:
            keep(RESTART, pairs_of(RESTART, small, large, pairs))
