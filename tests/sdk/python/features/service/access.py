"""Who is let in, and how often."""
import base64
import json
import time
from collections import namedtuple

from azure.iot.hub import IoTHubRegistryManager

from support.back_end import equal, refused
from support.until import until

Token = namedtuple("Token", "token expires_on")


def encoded(document):
    return base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


class Credential:
    """As a credential of azure-identity: a token for an audience, signed by nobody we know."""

    def __init__(self, audience):
        self.audience = audience

    def get_token(self, *_, **__):
        expiry = int(time.time()) + 600
        parts = ({"alg": "RS256", "typ": "JWT"}, {"aud": self.audience, "exp": expiry})
        return Token(".".join([*map(encoded, parts), "c2lnbmF0dXJl"]), expiry)


def bearer_token(back_end):
    def registry(audience):
        return IoTHubRegistryManager.from_token_credential(back_end.hub.address, Credential(audience))

    device = back_end.device("d").device_id
    equal(registry("https://iothubs.azure.net").get_device(device).device_id, device)
    refused(401, registry("https://storage.azure.com").get_device, device)


def throttled(back_end):
    device = back_end.device("d").device_id
    limits = back_end.hub.management
    limits.limit("F1")
    try:
        def is_refused():
            try:
                for _ in range(20):
                    back_end.registry.get_device(device)
            except Exception as error:  # pylint: disable=broad-except
                return error

        equal(until("a call is refused", is_refused).response.status_code, 429)
    finally:
        limits.limit("off")
    equal(back_end.registry.get_device(device).device_id, device)
