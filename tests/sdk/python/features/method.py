"""A direct method."""
from azure.iot.device import MethodResponse


def answer_method(scene):
    scene.create()
    client = scene.connected()

    def add(request):
        total = request.payload["a"] + request.payload["b"]
        client.send_method_response(
            MethodResponse.create_from_method_request(request, 200, {request.name: total}))

    client.on_method_request_received = add
    result = scene.invoke("add", {"a": 1, "b": 2})
    assert (result.status, result.payload) == (200, {"add": 3}), result
