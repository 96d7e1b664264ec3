"""The servers that are measured, each on a free port of 127.0.0.1, on the first processor, in a
folder that goes when it stops: the hub, mosquitto, and nginx with one static file."""
import contextlib
import json
import os
import random
import re
import shutil
import socket
import subprocess
import tempfile
import time
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path

SERVER_PROCESSOR = ["taskset", "-c", "0"]
START_SECONDS = 60


class Unavailable(Exception):
    """What a row needs is not on this machine."""


@dataclass
class Server:
    pid: int
    port: int
    ports: dict = field(default_factory=dict)

    def memory(self):
        """Bytes that only this process holds."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii")
        kilobytes = re.findall(r"^Private_(?:Clean|Dirty):\s+(\d+) kB", text, re.MULTILINE)
        return sum(map(int, kilobytes)) * 1024


def program(name):
    path = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if path is None:
        raise Unavailable(f"{name} is not installed")
    return path


def free_port():
    """One that nothing listens on; below those that the system gives to outgoing connections."""
    while True:
        port = random.randrange(12_000, 32_000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def has_answered(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def folder():
    path = tempfile.mkdtemp(prefix="iothub-bench-")
    try:
        yield Path(path)
    finally:
        shutil.rmtree(path)


@contextlib.contextmanager
def process(command, log, is_up):
    """Runs the command until the block ends; `is_up` says when it can be used."""
    with open(log, "ab") as output:
        running = subprocess.Popen(SERVER_PROCESSOR + command, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not is_up():
            if running.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} does not start: {log.read_text()[-500:]}")
            time.sleep(0.01)
        yield running.pid
    finally:
        running.terminate()
        running.wait()


def device(number):
    """As identities.cpp knows it."""
    key = b64encode(f"key of a device of the bench{number:08}".encode()).decode()
    return {"deviceId": f"d{number}", "primaryKey": key, "secondaryKey": key}


def hub_command(binary, data, ports, identities):
    """A command that starts a hub; with identities, it finds them in its folder from then on."""
    config = {"devices": [device(number) for number in range(identities)]}
    (data / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return [str(binary / "iothub-emulator"), "--config", str(data / "config.json"),
            *[word for name, port in ports.items() for word in (f"--{name}-port", str(port))]]


def hub_ports():
    return {name: free_port() for name in ("https", "mqtts", "amqps", "amqp", "management")}


@contextlib.contextmanager
def hub_in(binary, data, identities=1, durability="process"):
    """With what an earlier one has left in the folder `data`."""
    ports = hub_ports()
    ready = data / "ready.json"
    command = hub_command(binary, data, ports, identities)
    command += ["--data-dir", str(data / "hub"), "--ready-file", str(ready),
                "--durability", durability]
    with process(command, data / "log", ready.exists) as pid:
        yield Server(pid, ports["mqtts"], ports)


@contextlib.contextmanager
def hub(binary, identities=1, durability="process"):
    with folder() as data, hub_in(binary, data, identities, durability) as running:
        yield running


def certificate(data):
    """A server's certificate and that of the CA that has signed it, both with keys on P-256: what
    the hub shows. What a client spends on the chain is part of a connection."""
    ca, made = [[data / f"{name}.pem", data / f"{name}.key"] for name in ("ca", "server")]
    for (pem, key), options in ((ca, []), (made, ["-CA", ca[0], "-CAkey", ca[1]])):
        subprocess.run([program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={pem.stem}",
                        "-days", "30", "-out", pem, "-keyout", key, *options],
                       check=True, capture_output=True)
    made[0].write_text(made[0].read_text() + ca[0].read_text(), encoding="ascii")
    return made


def broker_command(data, port):
    """mosquitto with TLS and one user in its password file; nothing is kept on disk."""
    pem, key = certificate(data)
    passwords = data / "passwords"
    subprocess.run([program("mosquitto_passwd"), "-b", "-c", passwords, "bench", "bench"],
                   check=True, capture_output=True)
    config = data / "mosquitto.conf"
    config.write_text(f"""listener {port} 127.0.0.1
certfile {pem}
keyfile {key}
allow_anonymous false
password_file {passwords}
set_tcp_nodelay true
persistence false
max_queued_messages 0
{"user root" if os.geteuid() == 0 else ""}
""", encoding="utf-8")
    return [program("mosquitto"), "-c", str(config)]


@contextlib.contextmanager
def broker():
    with folder() as data:
        port = free_port()
        command = broker_command(data, port)
        with process(command, data / "log", lambda: has_answered(port)) as pid:
            yield Server(pid, port)


@contextlib.contextmanager
def web_server(file_bytes):
    """nginx, one process, TLS; it serves /file."""
    with folder() as data:
        port = free_port()
        pem, key = certificate(data)
        data.chmod(0o755)
        (data / "file").write_bytes(b"x" * file_bytes)
        config = data / "nginx.conf"
        config.write_text(f"""daemon off;
master_process off;
pid {data}/pid;
error_log {data}/log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path {data}/body;
    proxy_temp_path {data}/proxy;
    fastcgi_temp_path {data}/fastcgi;
    uwsgi_temp_path {data}/uwsgi;
    scgi_temp_path {data}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {pem};
        ssl_certificate_key {key};
        root {data};
    }}
}}
""", encoding="utf-8")
        command = [program("nginx"), "-p", str(data), "-c", str(config), "-e", f"{data}/log"]
        with process(command, data / "log", lambda: has_answered(port)) as pid:
            yield Server(pid, port)
