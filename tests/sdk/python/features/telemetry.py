"""Telemetry, seen by what the hub keeps of it."""
from azure.iot.device import Message


def send(scene):
    scene.create()
    message = Message('{"temperature":21}', "message 1/2", "utf-8", "application/json")
    message.custom_properties["alert & more"] = "yes=no & 1/2"
    scene.connected().send_message(message)

    event = scene.hub.management.events(scene.identity, 1)[0]
    assert event["body"] == '{"temperature":21}', event
    assert (event["deviceId"], event.get("moduleId")) == (*scene.identity, None)[:2], event
    assert event["systemProperties"]["message-id"] == "message 1/2", event
    assert event["systemProperties"]["content-type"] == "application/json", event
    assert event["systemProperties"]["content-encoding"] == "utf-8", event
    assert event["properties"] == {"alert & more": "yes=no & 1/2"}, event
    assert event["authMethod"]["scope"] == ("module" if scene.is_module else "device"), event
