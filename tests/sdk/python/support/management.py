"""The hub's management API (docs/management-api.md): what it received, what it is to send, who is
connected. An identity is (device,) or (device, module)."""
import json
import urllib.error
import urllib.parse
import urllib.request


def query(identity, **more):
    return urllib.parse.urlencode({**dict(zip(("device", "module"), identity)), **more})


class Management:
    def __init__(self, address, port):
        self.root = f"http://{address}:{port}/api"

    def request(self, method, path, body=None):
        request = urllib.request.Request(f"{self.root}/{path}", data=body, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None
        return json.loads(text) if text else None

    def events(self, identity, count):
        """The first `count` events of an identity, as soon as they are there."""
        events = self.request("GET", f"events?{query(identity, count=count, wait=20)}")["events"]
        assert len(events) == count, f"{len(events)} events of {identity}"
        return events

    def send(self, identity, message):
        return self.request("POST", f"messages?{query(identity)}", json.dumps(message).encode())

    def waiting(self, identity):
        return self.request("GET", f"messages?{query(identity)}")["messages"]

    def feedback(self):
        return self.request("GET", "feedback")["records"]

    def connection(self, identity):
        for one in self.request("GET", "connections")["connections"]:
            if (one["deviceId"], one.get("moduleId")) == (*identity, None)[:2]:
                return one
        raise AssertionError(f"{identity} never connected")

    def disconnect(self, identity):
        self.request("DELETE", f"connections?{query(identity)}")

    def register_authority(self, name, pem):
        self.request("PUT", f"certificate-authorities?name={name}", pem.encode())

    def event_hubs_string(self):
        return self.request("GET", "connection-strings")["eventHubs"]

    def limit(self, profile):
        self.request("PUT", "limits", json.dumps({"profile": profile}).encode())
