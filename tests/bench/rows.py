"""The rows of docs/performance.md: what is measured at the hub, what at the yardstick, and the goal.
Each side of a row is a function of the bench that returns {"value": …, "busy": …}."""
from dataclasses import dataclass
from typing import Callable

import servers
from figures import Goal

IDLE_SESSIONS = 5000
TWIN_BYTES = 2000
IDENTITY_BYTES = 620
COMMIT_ROWS = 64
LATENCY_RATE = 10_000
PATCH_BYTES = 16
API = "api-version=2021-04-12"
JSON_BYTES = 700  # of a device as GET shows it, about


@dataclass(frozen=True)
class Row:
    name: str
    what: str
    yardstick: str
    unit: str
    goal: Goal
    of_hub: Callable
    of_yardstick: Callable | None


def at_least(limit):
    return Goal(limit, True)


def at_most(limit, of="ratio"):
    return Goal(limit, False, of)


def rate(found):
    return {"value": found["per_second"], "busy": found["busy"]}


def p99(found):
    return {"value": found["p99_us"], "busy": found["busy"]}


# Telemetry

def hub_publish(connections, **more):
    def measure(bench):
        with servers.hub(bench.binary, identities=connections) as hub:
            extra = {**more, "reader_port": hub.ports["amqps"]} if more else {}
            return rate(bench.load("publish", hub, target="hub", connections=connections,
                                   window=10, bytes=256, **extra))
    return measure


def broker_publish(connections, payload=256, **more):
    def measure(bench):
        with servers.broker() as broker:
            return rate(bench.load("publish", broker, target="broker", connections=connections,
                                   window=10, bytes=payload, **more))
    return measure


def telemetry_row(connections):
    plural = "" if connections == 1 else "s"
    return Row(f"telemetry-{connections}",
               f"telemetry at QoS 1 over TLS, {connections} connection{plural}, 256 B, window 10:"
               " checked, stored, readable", "mosquitto, nobody subscribed", "messages/s",
               at_least(4), hub_publish(connections), broker_publish(connections))


# Twins

def hub_twin(operation, connections=50, window=10, durability="process"):
    def measure(bench):
        with servers.hub(bench.binary, connections, durability) as hub:
            return rate(bench.load("twin", hub, operation=operation, connections=connections,
                                   window=window))
    return measure


def bare_sqlite(operation, row_bytes, **more):
    def measure(bench):
        with servers.folder() as data:
            return rate(bench.run("sqlite", on=servers.SERVER_PROCESSOR, folder=data,
                                  operation=operation, bytes=row_bytes, batch=COMMIT_ROWS,
                                  seconds=bench.seconds, **more))
    return measure


def hub_patch_p99(durability="process"):
    def measure(bench):
        with servers.hub(bench.binary, 50, durability) as hub:
            peak = bench.load("twin", hub, operation="patch", connections=50, window=1)
            return p99(bench.load("twin", hub, operation="patch", connections=50,
                                  rate=peak["per_second"] / 2))
    return measure


def bare_commit_p99(**more):
    def measure(bench):
        with servers.folder() as data:
            found = bench.run("sqlite", on=servers.SERVER_PROCESSOR, folder=data, rows=50,
                              operation="update", bytes=TWIN_BYTES, batch=1,
                              seconds=bench.seconds, **more)
            return {"value": found["p99_us"], "busy": None}
    return measure


def hub_patch_latency(bench):
    with servers.hub(bench.binary, 50) as hub:
        return p99(bench.load("twin", hub, operation="patch", connections=50, rate=LATENCY_RATE))


def broker_publish_latency(bench):
    with servers.broker() as broker:
        return p99(bench.load("publish", broker, target="broker", connections=50,
                              rate=LATENCY_RATE, bytes=PATCH_BYTES))


# The registry

def hub_http(connections, durability="process", **arguments):
    def measure(bench):
        with servers.hub(bench.binary, 1000, durability) as hub:
            return rate(bench.load("http", hub, connections=connections, token="owner",
                                   **{"port": hub.ports["https"], **arguments}))
    return measure


def hub_create(durability="process"):
    return hub_http(64, durability, method="PUT", path=f"/devices/n{{}}?{API}",
                    body='{"deviceId":"n{}"}', order="sequential")


def web_file(connections):
    def measure(bench):
        with servers.web_server(JSON_BYTES) as web:
            return rate(bench.load("http", web, connections=connections, path="/file"))
    return measure


# Connections

def hub_connects(bench):
    with servers.hub(bench.binary, identities=1000) as hub:
        return rate(bench.load("connects", hub, target="hub", connections=16, identities=1000))


def broker_connects(bench):
    with servers.broker() as broker:
        return rate(bench.load("connects", broker, target="broker", connections=16,
                               identities=1000))


def memory_of_session(bench, server, target):
    with bench.holding("idle", target=target, port=server.port, connections=1):
        before = server.memory()
    with bench.holding("idle", target=target, port=server.port, connections=IDLE_SESSIONS):
        return {"value": (server.memory() - before) / IDLE_SESSIONS / 1024, "busy": None}


def hub_memory(bench):
    with servers.hub(bench.binary, identities=IDLE_SESSIONS) as hub:
        return memory_of_session(bench, hub, "hub")


def broker_memory(bench):
    with servers.broker() as broker:
        return memory_of_session(bench, broker, "broker")


# Starts

def start(bench, target, port, command):
    words = [*servers.SERVER_PROCESSOR, *command]
    return {"value": bench.run("cold-start", *words, target=target, port=port)["ms"], "busy": None}


def start_hub_in(bench, data):
    ports = servers.hub_ports()
    command = servers.hub_command(bench.binary, data, ports, 1)
    return start(bench, "hub", ports["mqtts"], [*command, "--data-dir", str(data / "hub")])


def hub_start_in_folder(bench):
    with servers.folder() as data:
        start_hub_in(bench, data)  # makes it
        return start_hub_in(bench, data)


def hub_start_in_memory(bench):
    with servers.folder() as data:
        ports = servers.hub_ports()
        command = servers.hub_command(bench.binary, data, ports, 1)
        return start(bench, "hub", ports["mqtts"], [*command, "--in-memory"])


def broker_start(bench):
    with servers.folder() as data:
        port = servers.free_port()
        return start(bench, "broker", port, servers.broker_command(data, port))


def in_process(bench):
    found = bench.run("in-process", on=["taskset", "-c", "0,1"], rounds=21)
    return {"value": found["ms"], "busy": None}


PAIRED = [
    telemetry_row(50),
    telemetry_row(1),
    telemetry_row(500),
    Row("telemetry-read", "telemetry end to end, 50 connections, to one Event Hubs reader",
        "mosquitto to one subscriber", "messages/s", at_least(2),
        hub_publish(50, reader="amqp"), broker_publish(50, reader="mqtt")),
    Row("twin-patch", "reported patches over MQTT, 50 connections, window 10, twins of 2 KB:"
        " answered when committed", "bare SQLite loop, rows of 2 KB", "updates/s", at_least(0.7),
        hub_twin("patch"), bare_sqlite("update", TWIN_BYTES, rows=50)),
    Row("twin-get", "twins of 2 KB read over MQTT, 50 connections, window 10",
        "mosquitto, publish of 2 KB at QoS 1", "requests/s", at_least(1),
        hub_twin("get"), broker_publish(50, payload=TWIN_BYTES)),
    Row("twin-patch-p99", "p99 of a reported patch, open loop, at half of what 50 connections with"
        " one request each reach",
        "p99 of a bare SQLite commit of one row", "µs", at_most(5), hub_patch_p99(),
        bare_commit_p99()),
    Row("twin-patch-latency", f"p99 of a reported patch, open loop, {LATENCY_RATE:,} a second by 50"
        " connections", "mosquitto, p99 of a publish of as many bytes at QoS 1, as often", "µs",
        at_most(1), hub_patch_latency, broker_publish_latency),
    Row("registry-get", "`GET /devices/…` over TLS, 50 connections, token checked each time",
        "nginx, static file of the same size", "requests/s", at_least(0.5),
        hub_http(50, path=f"/devices/d{{}}?{API}", ids=1000), web_file(50)),
    Row("registry-put", "`PUT /devices/…` that creates, 64 connections: answered when committed",
        f"bare SQLite loop, rows of {IDENTITY_BYTES} B", "requests/s", at_least(0.6),
        hub_create(), bare_sqlite("insert", IDENTITY_BYTES)),
    Row("power-twin-patch", "as `twin-patch`, on disk before the answer (`--durability power`)",
        "the same loop, `synchronous = FULL`", "updates/s", at_least(0.7),
        hub_twin("patch", durability="power"),
        bare_sqlite("update", TWIN_BYTES, rows=50, synchronous="FULL")),
    Row("power-twin-patch-p99", "as `twin-patch-p99`, on disk before the answer",
        "the same commit, `synchronous = FULL`", "µs", at_most(5), hub_patch_p99("power"),
        bare_commit_p99(synchronous="FULL")),
    Row("power-registry-put", "as `registry-put`, on disk before the answer",
        "the same loop, `synchronous = FULL`", "requests/s", at_least(0.6), hub_create("power"),
        bare_sqlite("insert", IDENTITY_BYTES, synchronous="FULL")),
    Row("connects", "connections over TLS with their SAS token checked",
        "mosquitto with password file", "connects/s", at_least(0.95), hub_connects,
        broker_connects),
    Row("idle-memory", f"memory of an idle TLS session with twin subscription ({IDLE_SESSIONS:,})",
        "mosquitto, one subscription each", "KB", at_most(1.25), hub_memory, broker_memory),
    Row("start-folder", "start to first answer, data folder there", "mosquitto", "ms",
        at_most(50, "hub"), hub_start_in_folder, broker_start),
    Row("start-memory", "start to first answer, in memory", "mosquitto", "ms",
        at_most(20, "hub"), hub_start_in_memory, broker_start),
    Row("in-process", "in a test: make a hub, create a module, connect, get its twin, end the hub",
        "–", "ms", at_most(10, "hub"), in_process, None),
]
