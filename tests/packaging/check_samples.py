#!/usr/bin/env python3
"""Shows how the samples answer who calls them wrongly, asks for help, or has no hub to talk to, and
how they use certificates.

  check_samples.py BIN_FOLDER
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
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
    "read-telemetry": (SERVICE, ["--amqps-port", "1"]),
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

    def test_options_of_read_telemetry(self):
        for option, number in (("--amqps-port", "65536"), ("--amqps-port", "x"),
                               ("--seconds", "1s")):
            self.assert_wrong_usage(f"{option} needs a number", "read-telemetry", SERVICE, option,
                                    number)

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

    def test_a_certificate_that_cannot_be_used(self):
        program, string = "update-module-twin", "HostName=127.0.0.1:1;DeviceId=d;ModuleId=m;x509=true"
        self.assert_fails("x509=true needs a certificate", program, string)
        self.assert_fails("needs its private key", program, string, "--x509-cert", __file__)
        self.assert_fails("Cannot read the PEM file /none", program, string,
                          "--x509-cert", "/none", "--x509-key", "/none")
        self.assert_wrong_usage("--x509-key needs a value", program, string, "--x509-key")


def start_hub(test, folder, **settings):
    """A hub for one test; what its ready file says."""
    ready, config = folder / "ready.json", folder / "hub.json"
    config.write_text(json.dumps({
        "inMemory": True, "httpsPort": 0, "mqttsPort": 0, "amqpsPort": 0, "amqpPort": 0, "managementPort": 0,
        "readyFile": str(ready), "caFile": str(folder / "trust.pem"), **settings}))
    hub = subprocess.Popen([BIN / "iothub-emulator", "--config", config], stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL)
    test.addCleanup(hub.communicate, timeout=20)
    test.addCleanup(hub.terminate)
    while not ready.exists():
        test.assertIsNone(hub.poll())
        time.sleep(0.05)
    return json.loads(ready.read_text())


class TheWholeLoop(unittest.TestCase):
    """A module sends, and a back end reads it and answers."""

    def test_telemetry_is_read_and_answered(self):
        with tempfile.TemporaryDirectory() as name:
            self.folder = Path(name)
            hub = start_hub(self, self.folder)
            keys = self.succeed("create-identities", hub["connectionString"])
            key = keys.rpartition("Generated module key: ")[2].strip()
            self.succeed("update-module-twin",
                         f"HostName=localhost:{hub['ports']['mqtts']};DeviceId=myFirstDevice;"
                         f"ModuleId=myFirstModule;SharedAccessKey={key}")
            printed = "myFirstDevice/myFirstModule: \0\1\n"
            read = ["read-telemetry", "--seconds", "1"]
            ports = hub["ports"]
            self.assertEqual(printed, self.succeed(*read, hub["connectionString"], "--answer",
                                                   "thanks", "--amqps-port", str(ports["amqps"])))
            policy = hub["connectionString"].partition(";")[2]
            self.assertEqual(printed, self.succeed(
                *read, f"Endpoint=sb://localhost:{ports['amqp']};{policy};"
                       "UseDevelopmentEmulator=true"))
            self.doCleanups()

    def succeed(self, program, *arguments):
        result = run(program, *arguments, "--ca-file", self.folder / "trust.pem")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout


@unittest.skipUnless(shutil.which("openssl"), "openssl makes the certificates")
class SamplesWithCertificates(unittest.TestCase):
    """Against a hub that knows the authority `ca.pem`."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.openssl("req", "-x509", "-subj", "/CN=factory", "-keyout", "ca.key", "-out", "ca.pem")

    def setUp(self):
        ready = start_hub(self, Path(self.folder.name), certificateAuthorities=[
            {"name": "factory", "file": "ca.pem"}])
        self.service = ready["connectionString"]
        self.module = (f"HostName=localhost:{ready['ports']['mqtts']};DeviceId=myFirstDevice;"
                       "ModuleId=myFirstModule;x509=true")

    @classmethod
    def at(cls, name):
        return Path(cls.folder.name) / name

    @classmethod
    def openssl(cls, command, *arguments):
        new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        return subprocess.run(["openssl", command, *(new_key if command == "req" else []),
                               *arguments], cwd=cls.folder.name, check=True, capture_output=True,
                              text=True).stdout

    def create(self, x509):
        result = run("create-identities", self.service, "--ca-file", self.at("trust.pem"),
                     "--x509", x509)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("The module authenticates with a certificate\n", result.stdout)

    def update(self, certificate, key):
        return run("update-module-twin", self.module, "--ca-file", self.at("trust.pem"),
                   "--x509-cert", self.at(certificate), "--x509-key", self.at(key))

    def assert_updates(self, certificate, key):
        result = self.update(certificate, key)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("Event sent to IoT Hub.\n", result.stdout)

    def assert_refused(self, certificate, key):
        result = self.update(certificate, key)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, "not authori[sz]ed|refused|[Uu]nauthorized")

    def test_a_certificate_that_signs_itself(self):
        for name in ("own", "other"):
            self.openssl("req", "-x509", "-subj", "/CN=myFirstDevice\\/myFirstModule",
                         "-keyout", f"{name}.key", "-out", f"{name}.pem")
        printed = self.openssl("x509", "-in", "own.pem", "-noout", "-fingerprint", "-sha256")
        self.create(printed.strip().partition("=")[2])
        self.assert_updates("own.pem", "own.key")
        self.assert_refused("other.pem", "other.key")

    def test_a_certificate_that_an_authority_signed(self):
        for name, subject in (("own", "myFirstDevice\\/myFirstModule"), ("other", "myFirstDevice")):
            self.openssl("req", "-subj", f"/CN={subject}", "-keyout", f"{name}.key", "-out",
                         f"{name}.csr")
            self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                         "-CAcreateserial", "-out", f"{name}.pem")
        self.create("ca")
        self.assert_updates("own.pem", "own.key")
        self.assert_refused("other.pem", "other.key")


unittest.main()
