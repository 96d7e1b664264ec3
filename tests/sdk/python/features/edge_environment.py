"""A module that finds everything in its environment, as IoT Edge code does: the hub's name is any, the
gateway's is where to connect."""
import os
from unittest import mock


def from_environment(scene):
    scene.create()
    host = f"HostName={scene.hub.address}"
    gateway = f"HostName=hub.example;GatewayHostName={scene.hub.address}"
    environment = {
        "EdgeHubConnectionString": scene.connection_string().replace(host, gateway),
        "EdgeModuleCACertificateFile": str(scene.hub.authority),
    }
    with mock.patch.dict(os.environ, environment):
        client = scene.closing(scene.kind.create_from_edge_environment(**scene.options))
    client.send_message_to_output("from the edge", "out")
    event = scene.hub.management.events(scene.identity, 1)[0]
    assert event["body"] == "from the edge", event
    assert event["systemProperties"]["iothub-outputname"] == "out", event
