#!/usr/bin/env python3
"""Shows how the samples answer who calls them wrongly, asks for help, or has no hub to talk to.

  check_samples.py BIN_FOLDER
"""
import os
import subprocess
import sys
import unittest
from pathlib import Path

BIN = Path(sys.argv.pop())
KEY = "dGhlIGtleSBvZiBhIHRlc3Q="
SERVICE = f"HostName=127.0.0.1:1;SharedAccessKeyName=iothubowner;SharedAccessKey={KEY}"
MODULE = f"HostName=127.0.0.1:1;DeviceId=d;ModuleId=m;SharedAccessKey={KEY}"
# A connection string of each, for a hub that nobody runs, and what else the sample needs.
SAMPLES = {
    "create-identities": (SERVICE, []),
    "update-module-twin": (MODULE, []),
    "set-desired-property": (SERVICE, ["--device", "d", "--module", "m"]),
}


def run(program, *arguments, **variables):
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith("IOTHUB_")}
    return subprocess.run([BIN / program, *arguments], env={**environment, **variables},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                          check=False)


class Samples(unittest.TestCase):
    def assert_wrong_usage(self, mistake, program, *arguments):
        result = run(program, *arguments)
        first, _, rest = result.stderr.partition("\n")
        self.assertEqual(first, f"{program}: {mistake}")
        self.assertTrue(rest.startswith(f"usage: {program} "), rest)
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertNotIn(KEY, result.stderr)

    def assert_fails(self, words, program, *arguments, **variables):
        result = run(program, *arguments, **variables)
        self.assertRegex(result.stderr, rf"\A{program}: .*({words}).*\n\Z")
        self.assertEqual(result.returncode, 1)
        self.assertNotIn(KEY, result.stdout + result.stderr)

    def test_help(self):
        for program, (string, _) in SAMPLES.items():
            for arguments in (["--help"], ["-h"], [string, "--help"]):
                with self.subTest(program=program, arguments=arguments):
                    result = run(program, *arguments)
                    self.assertTrue(result.stdout.startswith(f"usage: {program} "), result.stdout)
                    self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_wrong_usage(self):
        for program, (string, _) in SAMPLES.items():
            for mistake, arguments in (
                    ("no connection string", []),
                    ("more than one connection string", [string, string]),
                    ('unknown option "--x"', [string, "--x"]),
                    ('unknown option "--connection-string"', [f"--connection-string={string}"]),
                    ("--ca-file needs a value", [string, "--ca-file"]),
                    ("--ca-file needs a value", ["--ca-file", "--x", string])):
                with self.subTest(program=program, arguments=arguments):
                    self.assert_wrong_usage(mistake, program, *arguments)

    def test_options_of_set_desired_property(self):
        program, (string, needed) = "set-desired-property", SAMPLES["set-desired-property"]
        self.assert_wrong_usage("no --device", program, string, "--module", "m")
        self.assert_wrong_usage("no --module", program, string, "--device", "d")
        for half in (["--name", "n"], ["--value", "1"]):
            self.assert_wrong_usage("--name and --value go together", program, string, *needed,
                                    *half)

    def test_a_bad_connection_string(self):
        for program, (_, needed) in SAMPLES.items():
            for string in (KEY, f"HostName=h;SharedAccessKey={KEY}", f"x;SharedAccessKey={KEY}"):
                with self.subTest(program=program, string=string):
                    self.assert_fails("connection string", program, string, *needed)

    def test_a_hub_that_cannot_be_reached(self):
        for program, (string, needed) in SAMPLES.items():
            with self.subTest(program=program):
                self.assert_fails("127.0.0.1:1(: Connection refused| in time)", program,
                                  string, *needed)

    def test_the_connection_string_of_the_environment(self):
        self.assert_fails("127.0.0.1:1: Connection refused", "create-identities",
                          IOTHUB_CONNECTION_STRING=SERVICE)


unittest.main()
