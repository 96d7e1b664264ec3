#!/usr/bin/env python3
"""Runs the whole programs in other languages that docs/testing-your-code.md shows, as they stand.

  check_examples.py BIN_FOLDER

Each brings up a hub by itself, with the built program, and uses an SDK that tests/sdk has installed; a
language whose SDK is not there is left out, and said so.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/testing-your-code.md"
SDK = ROOT / "tests/sdk"
PYTHON = SDK / "python/build/venv"
NODE = SDK / "node/node_modules"
JAVA = SDK / "java/build/lib"

# Language of the block: its file, what must have been installed, how it is run.
EXAMPLES = {
    "python": ("thermostat_test.py", PYTHON / "installed.txt",
               [f"{PYTHON}/bin/python", "-m", "unittest", "thermostat_test.py"]),
    "js": ("thermostat_test.js", NODE / ".package-lock.json",
           ["node", "--test", "thermostat_test.js"]),
    "java": ("ThermostatTest.java", JAVA, ["java", "-cp", f"{JAVA}/*", "ThermostatTest.java"]),
}


def program(language):
    found = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)
    if len(found) != 1:
        raise SystemExit(f"{PAGE.name} has {len(found)} programs in {language}, not one")
    return found[0]


def run(language, binaries):
    file, installed, command = EXAMPLES[language]
    text = program(language)
    if not installed.exists() or not shutil.which(command[0]):
        print(f"{language}: not run, its SDK is not installed in {SDK.relative_to(ROOT)}")
        return
    environment = dict(os.environ, PATH=f"{binaries}:{os.environ['PATH']}", NODE_PATH=str(NODE))
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, file).write_text(text)
        subprocess.run(command, cwd=folder, env=environment, check=True, timeout=120)
    print(f"{language}: ran in {time.monotonic() - started:.1f} s", flush=True)


def main():
    binaries = pathlib.Path(sys.argv[1]).resolve()
    for language in EXAMPLES:
        run(language, binaries)


main()
