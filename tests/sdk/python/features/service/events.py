"""Telemetry as programs with the SDK of Event Hubs read it."""
import json
import queue
import threading

from azure.eventhub import EventHubConsumerClient, TransportType
from azure.iot.device import Message

from support.back_end import equal
from support.until import until

EMULATOR = ";UseDevelopmentEmulator=true"


def reader(back_end):
    plain = back_end.hub.management.event_hubs_string()
    assert plain.endswith(EMULATOR), plain
    kind = TransportType.AmqpOverWebsocket if back_end.transport == "amqp-ws" else TransportType.Amqp
    client = EventHubConsumerClient.from_connection_string(
        plain if back_end.transport == "amqp-plain" else plain[:-len(EMULATOR)],
        consumer_group="$Default", eventhub_name="telemetry", transport_type=kind,
        connection_verify=str(back_end.hub.authority))
    back_end.closing(client.close)
    return client


def read(back_end, position, partitions=None, inclusive=False, prefetch=300):
    """A queue of what comes from a position on, (partition, event), in all partitions or those named.
    While more keeps coming, the SDK gathers as many as it prefetches."""
    events = queue.Queue()
    client = reader(back_end)
    how = {"starting_position": position, "starting_position_inclusive": inclusive, "prefetch": prefetch,
           "on_event": lambda context, event: events.put((context.partition_id, event)),
           "on_error": lambda _, error: events.put((None, error))}
    for partition in partitions or client.get_partition_ids():
        threading.Thread(target=client.receive, daemon=True,
                         kwargs={**how, "partition_id": partition}).start()
    return events


def next_of(events, is_wanted=lambda _: True):
    while True:
        partition, event = events.get(timeout=20)
        assert partition, event
        if is_wanted(event):
            return partition, event


def assert_read(event, device):
    equal(event.body_as_json(), {"number": 1})
    equal({name.decode(): value.decode() for name, value in event.properties.items()},
          {"alert & more": "yes=no & 1/2"})
    equal((event.message_id, event.content_type), ("message 1", "application/json"))
    system = event.system_properties
    equal(system[b"content-encoding"], b"utf-8")
    equal(system[b"iothub-connection-device-id"], device.encode())
    equal(system[b"iothub-message-source"], b"Telemetry")
    equal(json.loads(system[b"iothub-connection-auth-method"])["scope"], "device")
    assert system[b"iothub-enqueuedtime"] > 0 and event.enqueued_time and event.offset, system


def send(client, number):
    message = Message(json.dumps({"number": number}), f"message {number}", "utf-8", "application/json")
    message.custom_properties["alert & more"] = "yes=no & 1/2"
    client.send_message(message)


def events(back_end):
    device = back_end.device("d")
    client = back_end.connected(device)
    send(client, 1)

    def is_ours(event):
        return event.system_properties.get(b"iothub-connection-device-id") == device.device_id.encode()

    partition, first = next_of(read(back_end, "-1"), is_ours)
    assert_read(first, device.device_id)

    fresh = read(back_end, "@latest", [partition], prefetch=1)

    def is_read():
        send(client, 2)
        return not fresh.empty()

    until("what is sent now is read", is_read, pause=0.1)
    equal(next_of(fresh)[1].body_as_json(), {"number": 2})
    for inclusive, wanted in ((True, first.sequence_number), (False, first.sequence_number + 1)):
        some = read(back_end, first.sequence_number, [partition], inclusive)
        equal(next_of(some)[1].sequence_number, wanted)
