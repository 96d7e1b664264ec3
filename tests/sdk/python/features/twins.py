"""A device's or module's twin."""
import queue


def get_twin(scene):
    scene.create()
    scene.desire({"first": 1, "deep": {"er": [1, "two"]}})
    twin = scene.connected().get_twin()
    assert twin["desired"] == {"first": 1, "deep": {"er": [1, "two"]}, "$version": 2}, twin
    assert twin["reported"]["$version"] == 1, twin


def hear_of_desired(scene):
    scene.create()
    scene.desire({"first": 1})
    told = queue.Queue()
    scene.connected().on_twin_desired_properties_patch_received = told.put
    scene.desire({"second": {"deep": True}})
    assert told.get(timeout=20) == {"second": {"deep": True}, "$version": 3}


def report(scene):
    scene.create()
    client = scene.connected()
    client.patch_twin_reported_properties({"temperature": 21, "gone": "soon"})
    client.patch_twin_reported_properties({"gone": None})
    reported = scene.service_twin().properties.reported
    assert reported["temperature"] == 21, reported
    assert "gone" not in reported, reported
    assert reported["$version"] == 3, reported
