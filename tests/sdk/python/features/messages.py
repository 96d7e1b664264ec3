"""Messages to devices and to the inputs of modules."""
import queue

from support.until import until

SENT = {
    "body": "turn left", "messageId": "message 1/2", "correlationId": "order & 7",
    "contentType": "text/plain", "ack": "full",
    "properties": {"speed": "slow=1 & 2", "side": "left"},
}


def assert_received(message):
    assert message.data == SENT["body"].encode(), message.data
    assert message.message_id == SENT["messageId"], message.message_id
    assert message.correlation_id == SENT["correlationId"], message.correlation_id
    assert message.content_type == SENT["contentType"], message.content_type
    ours = {name: message.custom_properties.get(name) for name in SENT["properties"]}
    assert ours == SENT["properties"], message.custom_properties


def none_waits(scene):
    return scene.hub.management.waiting(scene.identity) == []


def receive(scene, message):
    """The SDK completes a message by itself once it has it."""
    scene.create()
    received = queue.Queue()
    scene.connected().on_message_received = received.put
    scene.hub.management.send(scene.identity, message)
    return received.get(timeout=20)


def complete(scene):
    assert_received(receive(scene, SENT))
    until("no message waits", lambda: none_waits(scene))
    record = until("there is feedback", lambda: [
        one for one in scene.hub.management.feedback() if one["deviceId"] == scene.identity[0]])[0]
    assert record["originalMessageId"] == SENT["messageId"], record
    assert record["statusCode"] == "Success", record


def receive_input(scene):
    message = receive(scene, {**SENT, "input": "steering"})
    assert message.input_name == "steering", message.input_name
    assert_received(message)
    until("no message waits", lambda: none_waits(scene))
