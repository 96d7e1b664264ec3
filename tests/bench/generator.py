"""Runs the load generator (iothub-bench) on the second processor and reads its figures."""
import contextlib
import json
import subprocess

LOAD_PROCESSOR = ["taskset", "-c", "1"]
LONGEST_SECONDS = 3600  # a million identities are made in one run


class Generator:
    def __init__(self, binary, seconds):
        self.binary = binary
        self.seconds = seconds

    def words(self, scenario, arguments):
        return [str(self.binary / "iothub-bench"), scenario,
                *[f"{name}={value}" for name, value in arguments.items()]]

    def run(self, scenario, *command, on=None, **arguments):
        """The figures that the scenario prints. `command` is one for it to start; `on` says where
        it runs if not on the load's processor."""
        words = (on or LOAD_PROCESSOR) + self.words(scenario, arguments)
        words += ["--", *command] if command else []
        done = subprocess.run(words, capture_output=True, text=True, timeout=LONGEST_SECONDS)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip()[-500:])
        return json.loads(done.stdout.splitlines()[-1])

    def load(self, scenario, server, **arguments):
        """Likewise, for as long as rows take, with the share of its time that the server worked."""
        given = {"port": server.port, "pid": server.pid, "seconds": self.seconds, **arguments}
        return self.run(scenario, **given)

    @contextlib.contextmanager
    def holding(self, scenario, **arguments):
        """While the block runs the scenario holds what it has set up."""
        running = subprocess.Popen(LOAD_PROCESSOR + self.words(scenario, arguments), text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        try:
            if running.stdout.readline() != "ready\n":
                raise RuntimeError(running.stderr.read().strip()[-500:])
            yield
        finally:
            running.communicate("\n")
