"""A module that calls methods itself: over HTTPS, and only when it was made from an Edge environment."""
from azure.iot.device import IoTHubDeviceClient, IoTHubModuleClient, MethodResponse

from features.edge_environment import edge_client


def answer(scene, kind, identity, name):
    """Connects a device or module that answers with its name."""
    client = scene.connected(scene.closing(kind.create_from_connection_string(
        scene.connection_string_of(identity), **scene.options)))

    def add(request):
        total = request.payload["a"] + request.payload["b"]
        client.send_method_response(MethodResponse.create_from_method_request(
            request, 201, {"sum": total, "by": name}))

    client.on_method_request_received = add


def invoke(scene):
    scene.create()
    device_id = scene.identity[0]
    other = scene.registry.create_module_with_sas(device_id, "other", None, None, None)
    answer(scene, IoTHubDeviceClient, scene.device, "the device")
    answer(scene, IoTHubModuleClient, other, "other")

    caller = scene.connected(edge_client(scene))
    add = {"methodName": "add", "payload": {"a": 1, "b": 2},
           "responseTimeoutInSeconds": 15, "connectTimeoutInSeconds": 10}
    assert caller.invoke_method(add, device_id) == {
        "status": 201, "payload": {"sum": 3, "by": "the device"}}
    assert caller.invoke_method(add, device_id, "other") == {
        "status": 201, "payload": {"sum": 3, "by": "other"}}
