"""The stage of a test of a back end: the SDK's managers, devices whose ids begin with the names of the
feature and its transport, and clients of theirs (closed at its end)."""
from azure.iot.device import IoTHubDeviceClient, IoTHubModuleClient
from azure.iot.hub import (DigitalTwinClient, IoTHubConfigurationManager, IoTHubHttpRuntimeManager,
                           IoTHubJobManager, IoTHubRegistryManager)
from msrest.exceptions import HttpOperationError
from uamqp import TransportType

TRANSPORTS = {"amqp": TransportType.Amqp, "amqp-ws": TransportType.AmqpOverWebsocket}


class BackEnd:
    def __init__(self, hub, cell):
        self.hub = hub
        self.registry = hub.registry
        self.transport = cell.transport
        self.prefix = f"{cell.feature}-{cell.transport}"
        self.configurations = IoTHubConfigurationManager.from_connection_string(hub.connection_string)
        self.jobs = IoTHubJobManager.from_connection_string(hub.connection_string)
        self.digital_twins = DigitalTwinClient.from_connection_string(hub.connection_string)
        self.runtime = IoTHubHttpRuntimeManager.from_connection_string(hub.connection_string)
        self.endings = []

    def id(self, name):
        return f"{self.prefix}-{name}"

    def ids(self, names):
        return [self.id(name) for name in names]

    def device(self, name, iot_edge=False):
        return self.registry.create_device_with_sas(
            self.id(name), None, None, "enabled", iot_edge=iot_edge)

    def module(self, name, module_id):
        return self.registry.create_module_with_sas(self.id(name), module_id, None, None, None)

    def connected(self, identity, **options):
        """A client of a device or module as the registry describes it."""
        module_id = getattr(identity, "module_id", None)
        module = f";ModuleId={module_id}" if module_id else ""
        kind = IoTHubModuleClient if module_id else IoTHubDeviceClient
        client = kind.create_from_connection_string(
            f"HostName={self.hub.address};DeviceId={identity.device_id}{module}"
            f";SharedAccessKey={identity.authentication.symmetric_key.primary_key}", **options)
        self.closing(client.shutdown)
        client.connect()
        return client

    def messenger(self):
        """A manager that sends over the cell's transport."""
        manager = IoTHubRegistryManager.from_connection_string(
            self.hub.connection_string, transport_type=TRANSPORTS[self.transport])
        self.closing(manager.amqp_svc_client.disconnect_sync)
        return manager

    def closing(self, end):
        self.endings.append(end)

    def close(self):
        for end in self.endings:
            end()


def refused(status, call, *arguments):
    """The call is refused with that status."""
    try:
        call(*arguments)
    except HttpOperationError as error:
        assert error.response.status_code == status, f"{error.response.status_code}: {error}"
        return error
    raise AssertionError(f"not refused with {status}")


def equal(seen, wanted):
    assert seen == wanted, f"{seen!r}, not {wanted!r}"
