"""Twins, methods and digital twins."""
from azure.iot.device import MethodResponse
from azure.iot.hub.models import CloudToDeviceMethod, Twin, TwinProperties

from support.back_end import equal, refused
from support.until import until

MODEL = "dtmi:com:example:Thermostat;1"


def twins(back_end):
    registry, device = back_end.registry, back_end.device("d").device_id
    old = registry.get_twin(device)
    changed = registry.update_twin(device, Twin(
        tags={"site": {"floor": 3}}, properties=TwinProperties(desired={"interval": 5})), old.etag)
    equal(changed.tags, {"site": {"floor": 3}})
    equal((changed.properties.desired["interval"], changed.properties.desired["$version"]), (5, 2))
    merged = registry.update_twin(device, Twin(tags={"site": {"floor": None, "room": 1}}), "*")
    equal(merged.tags, {"site": {"room": 1}})
    refused(412, registry.update_twin, device, Twin(tags={"x": 1}), old.etag)


def replace(back_end):
    registry, device = back_end.registry, back_end.device("d").device_id
    registry.update_twin(device, Twin(tags={"a": 1}, properties=TwinProperties(desired={"b": 1})), "*")
    replaced = registry.replace_twin(
        device, Twin(tags={"c": 2}, properties=TwinProperties(desired={"d": 2})), "*")
    equal(replaced.tags, {"c": 2})
    equal({name for name in replaced.properties.desired if not name.startswith("$")}, {"d"})


def answers_with_name(client):
    def answer(request):
        client.send_method_response(MethodResponse.create_from_method_request(
            request, 200, {"name": request.name, "payload": request.payload}))

    client.on_method_request_received = answer


def methods(back_end):
    device, module = back_end.device("d"), back_end.module("d", "m")
    call = CloudToDeviceMethod(method_name="blink", payload={"times": 2})
    refused(404, back_end.registry.invoke_device_method, device.device_id, call)
    for identity in (device, module):
        answers_with_name(back_end.connected(identity))
    call.connect_timeout_in_seconds = call.response_timeout_in_seconds = 10
    wanted = (200, {"name": "blink", "payload": {"times": 2}})
    answer = back_end.registry.invoke_device_method(device.device_id, call)
    equal((answer.status, answer.payload), wanted)
    answer = back_end.registry.invoke_device_module_method(device.device_id, "m", call)
    equal((answer.status, answer.payload), wanted)


def digital_twin(back_end):
    """A connected device of a model, which has acknowledged a property and has a component."""
    device = back_end.device("d")
    client = back_end.connected(device, product_info=MODEL)
    client.patch_twin_reported_properties({
        "target": {"value": 21, "ac": 200, "av": 1, "ad": "done"},
        "sensor": {"__t": "c", "serial": "s1"}})
    return device.device_id, client


def get_digital_twin(back_end):
    device, _ = digital_twin(back_end)
    twin = until("the report arrived", lambda: "target" in (
        seen := back_end.digital_twins.get_digital_twin(device)) and seen)
    equal((twin["$dtId"], twin["$metadata"]["$model"]), (device, MODEL))
    equal((twin["target"], twin["sensor"]["serial"]), (21, "s1"))
    acknowledged = twin["$metadata"]["target"]
    equal((acknowledged["ackCode"], acknowledged["ackVersion"]), (200, 1))


def update_digital_twin(back_end):
    device, client = digital_twin(back_end)
    heard = []
    client.on_twin_desired_properties_patch_received = heard.append
    client.get_twin()
    back_end.digital_twins.update_digital_twin(
        device, [{"op": "add", "path": "/target", "value": 25}])
    until("the device hears of it", lambda: heard)
    equal(heard[0]["target"], 25)
    refused(400, back_end.digital_twins.update_digital_twin, device, [{"op": "move", "path": "/x"}])


def command(back_end):
    device, client = digital_twin(back_end)
    answers_with_name(client)
    commands = back_end.digital_twins
    equal(commands.invoke_command(device, "reboot", {"delay": 1}, 10, 10),
          {"name": "reboot", "payload": {"delay": 1}})
    equal(commands.invoke_component_command(device, "sensor", "calibrate", 5, 10, 10),
          {"name": "sensor*calibrate", "payload": 5})
