#!/usr/bin/env python3
"""Runs what the documentation shows.

  check_docs.py BIN_FOLDER

Shell blocks (```sh) of a page run one after the other in a folder of its own, with the built programs
on the path and free ports in the environment, and each must end well. Blocks of Python and JavaScript that begin with
a comment that is a file's name become that file; lines that run it are left out where the SDK that tests/sdk installs
is not there. Blocks of C++ must stand, word for word, in a file that the tests compile. Some pages show a hub that is
left running in a shell of its own; the script does the same.
"""
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = [ROOT / "docs" / page
         for page in ("getting-started.md", "testing-your-code.md", "edge-environment.md",
                      "x509.md", "file-upload.md", "import-export.md", "cpp-client.md",
                      "configurations.md", "queries.md", "jobs.md", "limits.md", "event-hubs.md")]
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)

PROGRAM = re.compile(r"(?:#|//) (\w+\.(?:py|js))\n")

# How lines begin that need what a test cannot have: somebody else's blob storage.
NOT_RUN = ("npx azurite-blob ", "node container.js", "node upload.js", "node transfer.js",
           "node notified.js")
PYTHON = ROOT / "tests/sdk/python/build/venv"
NODE = ROOT / "tests/sdk/node/node_modules"
# How lines begin that need an SDK, and what is there where it is installed.
NEEDED = {"python3 ": PYTHON / "installed.txt", "node ": NODE / ".package-lock.json"}
# A hub in a shell of its own, and a program that waits for Enter.
IN_BACKGROUND = ("iothub-emulator --data-dir", "update-module-twin")


def compiled_sources():
    folders = [ROOT / "tests", ROOT / "samples"]
    files = [f for folder in folders for f in folder.rglob("*.cpp")]
    return [re.sub(r"\s+", " ", f.read_text()) for f in files]


def blocks(page, language):
    return [text for kind, text in BLOCK.findall(page.read_text()) if kind == language]


def can_be_run(line):
    for program, installed in NEEDED.items():
        if line.startswith(program) and not installed.exists():
            print(f"not run: {line}")
            return False
    return not line.startswith(NOT_RUN)


class Shell:
    """A bash that keeps its variables between blocks."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.background = []

    def run(self, block):
        lines = [line for line in block.strip().splitlines() if can_be_run(line)]
        if lines and lines[-1].startswith(IN_BACKGROUND):
            self.start(lines)
        else:
            self.finish(lines)

    def script(self, lines):
        saved = f"{self.folder}/.variables"
        return f"touch {saved}; . {saved}; set -eu\n" + "\n".join(lines) + f"\nexport -p > {saved}\n"

    def finish(self, lines):
        subprocess.run(["bash", "-c", self.script(lines)], cwd=self.folder, env=self.environment,
                       check=True, timeout=60)

    def start(self, lines):
        self.finish(lines[:-1])
        saved = f"{self.folder}/.variables"
        child = subprocess.Popen(["bash", "-c", f". {saved}; exec {lines[-1]}"], cwd=self.folder,
                                 env=self.environment, stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, text=True)
        self.background.append(child)
        expected = "ready" if lines[-1].startswith("iothub-emulator") else "Waiting for Events"
        for line in child.stdout:
            if expected in line:
                return
        raise SystemExit(f"`{lines[-1]}` never said: {expected}")

    def end(self):
        for child in reversed(self.background):
            child.send_signal(signal.SIGTERM)
            child.communicate(timeout=20)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def own_address():
    """Where a hub can have the ports that the SDKs insist on."""
    return f"127.4.{os.getpid() // 256 % 256}.{os.getpid() % 256}"


def on_own_address(text):
    return text.replace("127.0.0.1", own_address())


def needs_443(page):
    """Node's service SDK knows no other port."""
    return any("require('azure-iothub')" in text for text in blocks(page, "js"))


def has_443():
    with socket.socket() as probe:
        try:
            probe.bind((own_address(), 443))
        except OSError:
            return False
        return True


def environment_of(page, binaries):
    path = f"{binaries}:{PYTHON}/bin:{os.environ['PATH']}"
    environment = dict(os.environ, PATH=path, NODE_PATH=str(NODE))
    if not needs_443(page):
        environment["IOTHUB_EMULATOR_HTTPS_PORT"] = free_port()
    programs = any(PROGRAM.match(text) for kind in ("python", "js") for text in blocks(page, kind))
    if programs or any("127.0.0.1:5380" in text for text in blocks(page, "sh")):
        return dict(environment, IOTHUB_EMULATOR_HOST=own_address()), on_own_address
    for port in ("MQTTS", "AMQPS", "AMQP", "MANAGEMENT"):
        environment[f"IOTHUB_EMULATOR_{port}_PORT"] = free_port()
    return environment, str


def run_page(page, binaries):
    environment, adapted = environment_of(page, binaries)
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(folder, dict(environment, HOME=folder))
        try:
            for kind, text in BLOCK.findall(page.read_text()):
                if kind == "sh":
                    shell.run(adapted(text))
                elif name := PROGRAM.match(text):
                    pathlib.Path(folder, name[1]).write_text(adapted(text))
        finally:
            shell.end()


def check_walks():
    """Every path that the architecture's walks name stands for a file."""
    text = (ROOT / "docs/architecture.md").read_text()
    text = re.search(r"^## \w+ walks$.*?(?=^## )", text, re.DOTALL | re.MULTILINE)[0]
    for path in re.findall(r"`((?:\w+/)+\w+)`", text):
        found = [f for root in ("", "emulator") for f in (ROOT / root).glob(f"{path}*")]
        if not found:
            raise SystemExit(f"architecture.md names {path}, which is not there")


def main():
    check_walks()
    binaries = pathlib.Path(sys.argv[1]).resolve()
    sources = compiled_sources()
    for page in PAGES:
        for text in blocks(page, "cpp"):
            if not any(re.sub(r"\s+", " ", text).strip() in source for source in sources):
                raise SystemExit(f"{page.name}: no compiled file holds this:\n{text}")
        if needs_443(page) and not has_443():
            print(f"not run: {page.name} needs port 443")
            continue
        started = time.monotonic()
        run_page(page, binaries)
        print(f"{page.name}: ran in {time.monotonic() - started:.1f} s")


main()
