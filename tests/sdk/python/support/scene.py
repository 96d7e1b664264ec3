"""The stage of one test: a device, a module of it where the test is of modules, the clients it opens
(closed at its end), and the back end's view of the identity."""
from azure.iot.device import X509, IoTHubDeviceClient, IoTHubModuleClient
from azure.iot.device.exceptions import CredentialError
from azure.iot.hub.models import CloudToDeviceMethod, Twin, TwinProperties


class Scene:
    def __init__(self, hub, cell):
        self.hub = hub
        self.registry = hub.registry
        self.is_module = cell.who == "module"
        self.kind = IoTHubModuleClient if self.is_module else IoTHubDeviceClient
        self.options = {"websockets": cell.transport == "mqtt-ws", "connection_retry_interval": 1}
        device_id = f"{cell.feature}-{cell.who}-{cell.transport}"
        self.identity = (device_id, "m") if self.is_module else (device_id,)
        self.clients = []

    def create(self):
        """Makes the identity, with keys that the hub makes."""
        self.device = self.registry.create_device_with_sas(self.identity[0], None, None, "enabled")
        self.own = self.device
        if self.is_module:
            self.own = self.registry.create_module_with_sas(*self.identity, None, None, None)

    def connection_string_of(self, identity, key=None):
        """Of a device or module as the registry describes it; with its primary key or the one given."""
        module_id = getattr(identity, "module_id", None)
        module = f";ModuleId={module_id}" if module_id else ""
        key = key or identity.authentication.symmetric_key.primary_key
        return (f"HostName={self.hub.address};DeviceId={identity.device_id}{module}"
                f";SharedAccessKey={key}")

    def connection_string(self, key=None):
        return self.connection_string_of(self.own, key)

    def connection_string_behind(self, host_name="hub.example"):
        """Names the hub by any name, and its address as the gateway, as the strings of Edge modules do."""
        return self.connection_string().replace("HostName=", f"HostName={host_name};GatewayHostName=")

    def client(self, connection_string=None):
        """A client that is not connected yet."""
        return self.closing(self.kind.create_from_connection_string(
            connection_string or self.connection_string(), **self.options))

    def client_presenting(self, certificate):
        return self.closing(self.kind.create_from_x509_certificate(
            X509(str(certificate.file), str(certificate.key)), self.hub.address, *self.identity,
            server_verification_cert=self.hub.authority.read_text(), **self.options))

    def closing(self, client):
        self.clients.append(client)
        return client

    def connected(self, client=None):
        client = client or self.client()
        client.connect()
        return client

    def refused(self, client):
        try:
            client.connect()
        except CredentialError:
            return
        raise AssertionError("the client was let in")

    def service_twin(self):
        get = self.registry.get_module_twin if self.is_module else self.registry.get_twin
        return get(*self.identity)

    def desire(self, desired):
        update = self.registry.update_module_twin if self.is_module else self.registry.update_twin
        update(*self.identity, Twin(properties=TwinProperties(desired=desired)), "*")

    def invoke(self, name, payload):
        invoke = (self.registry.invoke_device_module_method if self.is_module
                  else self.registry.invoke_device_method)
        return invoke(*self.identity, CloudToDeviceMethod(
            method_name=name, payload=payload, response_timeout_in_seconds=15,
            connect_timeout_in_seconds=10))

    def connection_state(self):
        get = self.registry.get_module if self.is_module else self.registry.get_device
        return get(*self.identity).connection_state

    def close(self):
        for client in self.clients:
            client.shutdown()
        self.clients = []
