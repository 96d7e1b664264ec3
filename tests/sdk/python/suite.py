"""Starts one hub on a loopback address of its own and runs everything against it, one after the other;
each test makes identities of its own."""
import logging
import os
import random
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

import certifi

import cells
from service import methods, registry, twins
from support.hub import Hub
from support.ports import may_listen

SKIPPED = 77


def unused_address():
    """The SDK knows ports 443 and 8883 only; an address that nobody else uses has them free."""
    return "127." + ".".join(str(random.randint(1, 250)) for _ in range(3))


def run(hub):
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    suite = unittest.TestSuite(
        load(case(hub)) for case in (registry.tests, twins.tests, methods.tests, cells.tests))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    print(f"# pass {result.testsRun - failed - skipped}\n# fail {failed}\n# skipped {skipped}")
    return 0 if result.wasSuccessful() and result.testsRun else 1


def main():
    address = unused_address()
    if not may_listen(address, 443):
        print("port 443, which the Python SDK needs, may not be opened by this user")
        return SKIPPED
    folder = Path(tempfile.mkdtemp(prefix="iothub-python-"))
    hub = Hub(address, folder)
    logging.disable(logging.CRITICAL)  # the SDK logs each refusal that a test provokes
    certifi.where = lambda: str(hub.authority)  # for uamqp, which has no other way
    try:
        hub.start()
        os.environ["SSL_CERT_FILE"] = os.environ["REQUESTS_CA_BUNDLE"] = str(hub.authority)
        return run(hub)
    finally:
        hub.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
