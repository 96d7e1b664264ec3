"""Connecting, being cut off, and being kept out."""
import base64
import os

from support.until import until


def new_key():
    return base64.b64encode(os.urandom(32)).decode()


def is_away(scene):
    return scene.connection_state() == "Disconnected"


def connect(scene):
    scene.create()
    client = scene.connected()
    assert scene.connection_state() == "Connected"
    client.disconnect()
    until("it is disconnected", lambda: is_away(scene))


def reconnect(scene):
    management = scene.hub.management
    scene.create()
    client = scene.connected()
    before = management.connection(scene.identity)["address"]
    management.disconnect(scene.identity)
    until("it is back", lambda: management.connection(scene.identity)["connected"]
          and management.connection(scene.identity)["address"] != before, seconds=60)
    until("it knows", lambda: client.connected)
    client.send_message("here again")
    assert management.events(scene.identity, 1)[0]["body"] == "here again"


def rotate_keys(scene):
    scene.create()
    old, keys = scene.connection_string(), (new_key(), new_key())
    if scene.is_module:
        scene.registry.update_module_with_sas(*scene.identity, None, scene.own.etag, *keys)
    else:
        scene.registry.update_device_with_sas(*scene.identity, scene.own.etag, *keys, "enabled")
    scene.refused(scene.client(old))
    for key in keys:
        client = scene.connected(scene.client(scene.connection_string(key)))
        client.send_message("with the new key")
        client.disconnect()


def disable(scene):
    scene.create()
    scene.connected().send_message("while enabled")
    keys = scene.device.authentication.symmetric_key
    scene.registry.update_device_with_sas(
        scene.identity[0], scene.device.etag, keys.primary_key, keys.secondary_key, "disabled")
    until("it is cut off", lambda: is_away(scene))
    scene.refused(scene.client())
