"""The hub as a user runs it: the program, on a loopback address of its own with Azure's ports; with the
back end's client for it."""
import json
import os
import subprocess
from pathlib import Path

from azure.iot.hub import IoTHubRegistryManager

from support.blob_storage import BlobStorage
from support.management import Management
from support.until import until

ROOT = Path(__file__).resolve().parents[4]
PROGRAM = os.environ.get("IOTHUB_EMULATOR_BIN") or ROOT / "build/release/bin/iothub-emulator"
BLOB_PORT = 10000


class Hub:
    def __init__(self, address, folder):
        self.address = address
        self.folder = folder
        self.authority = folder / "ca.pem"
        self.blob_storage = BlobStorage(address, BLOB_PORT)
        self.process = None

    def start(self):
        ready, log, configuration = (self.folder / name for name in ("ready.json", "hub.log", "c.json"))
        configuration.write_text(json.dumps({
            "blobStorage": self.blob_storage.configuration(), "acceptBearerTokens": True}))
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                [PROGRAM, "run", "--host", self.address, "--data-dir", self.folder,
                 "--ready-file", ready, "--config", configuration],
                stdout=subprocess.DEVNULL, stderr=errors)

        def is_ready():
            if self.process.poll() is not None:
                raise RuntimeError(f"the hub ended ({self.process.returncode}):\n{log.read_text()}")
            return ready.exists()

        until("the hub is ready", is_ready)
        state = json.loads(ready.read_text())
        self.management = Management(self.address, state["ports"]["management"])
        self.connection_string = state["connectionString"]
        self.registry = IoTHubRegistryManager.from_connection_string(self.connection_string)
        self.blob_storage.start(self.folder)

    def stop(self):
        self.blob_storage.stop()
        if self.process:
            self.process.terminate()
            self.process.wait(20)
