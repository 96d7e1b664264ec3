"""Identities, one and many."""
from azure.iot.hub.models import (AuthenticationMechanism, DeviceCapabilities, ExportImportDevice,
                                  SymmetricKey)

from support.back_end import equal, refused


def identities(back_end):
    registry = back_end.registry
    device = back_end.device("d")
    refused(409, back_end.device, "d")
    old = device.etag
    registry.update_device_with_sas(device.device_id, old, None, None, "disabled")
    equal(registry.get_device(device.device_id).status, "disabled")
    refused(412, registry.update_device_with_sas, device.device_id, old, None, None, "enabled")
    module = back_end.module("d", "m")
    refused(409, back_end.module, "d", "m")
    refused(412, registry.delete_module, device.device_id, "m", "stale")
    registry.delete_module(device.device_id, "m", module.etag)
    refused(404, registry.get_module, device.device_id, "m")
    refused(412, registry.delete_device, device.device_id, old)
    registry.delete_device(device.device_id)
    refused(404, registry.get_device, device.device_id)


def list_devices(back_end):
    for name in "abc":
        back_end.device(name)
    equal(len(back_end.registry.get_devices(2)), 2)
    every = {device.device_id for device in back_end.registry.get_devices(1000)}
    assert set(back_end.ids("abc")) <= every, every


def item(back_end, name, mode, **more):
    return ExportImportDevice(id=back_end.id(name), import_mode=mode, status="enabled", **more)


def bulk(back_end):
    registry = back_end.registry
    keys = AuthenticationMechanism(type="sas", symmetric_key=SymmetricKey(
        primary_key="YQ" + "A" * 40 + "==", secondary_key="Yg" + "A" * 40 + "=="))
    made = registry.bulk_create_or_update_devices(
        [item(back_end, name, "create", authentication=keys, tags={"floor": 1}) for name in "abc"])
    assert made.is_successful and not made.errors, made.errors
    equal(registry.get_twin(back_end.id("a")).tags, {"floor": 1})
    equal(registry.get_device(back_end.id("b")).authentication.symmetric_key.primary_key,
          keys.symmetric_key.primary_key)
    mixed = registry.bulk_create_or_update_devices(
        [item(back_end, "a", "create"), item(back_end, "d", "create")])
    assert not mixed.is_successful
    equal([(error.device_id, error.error_code) for error in mixed.errors],
          [(back_end.id("a"), "DeviceAlreadyExists")])
    registry.get_device(back_end.id("d"))
    tagged = registry.bulk_create_or_update_devices([item(back_end, "b", "updateTwin", tags={"floor": 2})])
    assert tagged.is_successful, tagged.errors
    equal(registry.get_twin(back_end.id("b")).tags["floor"], 2)
    gone = registry.bulk_create_or_update_devices([item(back_end, name, "delete") for name in "abcd"])
    assert gone.is_successful, gone.errors
    refused(404, registry.get_device, back_end.id("a"))


def statistics(back_end):
    before = back_end.registry.get_device_registry_statistics()
    device = back_end.device("a")
    back_end.registry.create_device_with_sas(back_end.id("b"), None, None, "disabled")
    now = back_end.registry.get_device_registry_statistics()
    equal((now.total_device_count - before.total_device_count,
           now.enabled_device_count - before.enabled_device_count,
           now.disabled_device_count - before.disabled_device_count), (2, 1, 1))
    connected = back_end.registry.get_service_statistics().connected_device_count
    back_end.connected(device)
    equal(back_end.registry.get_service_statistics().connected_device_count, connected + 1)


def edge(back_end):
    registry = back_end.registry
    parent = back_end.device("edge", iot_edge=True)
    modules = {module.module_id for module in registry.get_modules(parent.device_id)}
    equal(modules, {"$edgeAgent", "$edgeHub"})
    leaf = registry.create_device_with_sas(
        back_end.id("leaf"), None, None, "enabled", device_scope=parent.device_scope)
    equal(leaf.device_scope, parent.device_scope)
    equal(registry.get_device(leaf.device_id).parent_scopes, [parent.device_scope])
    registry.update_device_with_sas(leaf.device_id, leaf.etag, None, None, "enabled", device_scope="")
    assert not registry.get_device(leaf.device_id).device_scope
    equal(DeviceCapabilities(iot_edge=True), parent.capabilities)
