"""Queues of messages to devices, and feedback on them."""
import json

from support.back_end import equal
from support.until import until


def queue(back_end):
    return back_end.runtime.protocol.cloud_to_device_messages


def purge(back_end):
    device = back_end.device("d").device_id
    for body in ("one", "two"):
        back_end.hub.management.send((device,), {"body": body})
    result = queue(back_end).purge_cloud_to_device_message_queue(device)
    equal((result.device_id, result.total_messages_purged), (device, 2))
    equal(back_end.hub.management.waiting((device,)), [])


def receive(back_end):
    """The records that are there and the lock that they are under; nothing where there are none."""
    answer = queue(back_end).receive_feedback_notification(raw=True).response
    if answer.status_code == 204:
        return None
    return json.loads(answer.text), answer.headers["ETag"].strip('"')


def feedback(back_end):
    while waiting := receive(back_end):  # of earlier tests
        back_end.runtime.complete_feedback_notification(waiting[1])
    device = back_end.device("d").device_id
    back_end.hub.management.send((device,), {"body": "x", "messageId": "m1", "ack": "full"})
    queue(back_end).purge_cloud_to_device_message_queue(device)
    records, lock = until("there is feedback", lambda: receive(back_end))
    equal([(one["originalMessageId"], one["statusCode"]) for one in records], [("m1", "Purged")])
    equal(receive(back_end), None)
    back_end.runtime.abandon_feedback_notification(lock)
    again, lock = until("it is there again", lambda: receive(back_end))
    equal(again, records)
    back_end.runtime.complete_feedback_notification(lock)
    equal(receive(back_end), None)
