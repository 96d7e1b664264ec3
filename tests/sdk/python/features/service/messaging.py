"""Messages to devices over AMQP."""
import queue

from features.messages import SENT, assert_received
from support.back_end import equal
from support.until import until


def send(back_end):
    device = back_end.device("d")
    received = queue.Queue()
    back_end.connected(device).on_message_received = received.put
    system = {name: SENT[name] for name in ("messageId", "correlationId", "contentType")}
    back_end.messenger().send_c2d_message(
        device.device_id, SENT["body"], {**system, **SENT["properties"], "iothub-ack": SENT["ack"]})
    assert_received(received.get(timeout=20))
    record = until("there is feedback", lambda: [
        one for one in back_end.hub.management.feedback() if one["deviceId"] == device.device_id])[0]
    equal((record["originalMessageId"], record["statusCode"]), (SENT["messageId"], "Success"))
