"""What a connection string may call the hub. The name comes up in the certificate, the user name and the
token."""
from support.ports import forward, may_listen


def sends(scene, connection_string):
    scene.connected(scene.client(connection_string)).send_message("hello")
    assert scene.hub.management.events(scene.identity, 1)[0]["body"] == "hello"


def localhost(scene):
    """Where somebody else has the port, at least what the client says bears the name."""
    scene.create()
    port = 443 if scene.options["websockets"] else 8883
    if not may_listen("localhost", port):
        sends(scene, scene.connection_string_behind("localhost"))
        return
    with forward(("localhost", port), (scene.hub.address, port)):
        try:
            sends(scene, scene.connection_string().replace(scene.hub.address, "localhost"))
        finally:
            scene.close()


def dotted_gateway(scene):
    scene.create()
    sends(scene, scene.connection_string_behind("hub.example"))
