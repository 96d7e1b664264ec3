"""A module that finds everything in its environment, as IoT Edge code does: the hub's name is any, the
gateway's is where to connect."""
import os
from unittest import mock


def edge_client(scene):
    """A module's client that is not connected yet."""
    environment = {
        "EdgeHubConnectionString": scene.connection_string_behind(),
        "EdgeModuleCACertificateFile": str(scene.hub.authority),
    }
    with mock.patch.dict(os.environ, environment):
        return scene.closing(scene.kind.create_from_edge_environment(**scene.options))


def from_environment(scene):
    scene.create()
    edge_client(scene).send_message_to_output("from the edge", "out")
    event = scene.hub.management.events(scene.identity, 1)[0]
    assert event["body"] == "from the edge", event
    assert event["systemProperties"]["iothub-outputname"] == "out", event
