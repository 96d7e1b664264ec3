"""azure-iot-hub's IoTHubRegistryManager: identities of devices and modules."""
import base64
import unittest

from msrest.exceptions import HttpOperationError


def key(byte):
    return base64.b64encode(bytes([byte]) * 32).decode()


def tests(hub):
    class Registry(unittest.TestCase):
        def refused(self, status):
            return self.assertRaisesRegex(HttpOperationError, status)

        def test_1_creates_a_device_with_generated_keys(self):
            device = hub.registry.create_device_with_sas("registry-1", None, None, "enabled")
            self.assertEqual((device.device_id, device.status), ("registry-1", "enabled"))
            self.assertEqual(device.connection_state, "Disconnected")
            keys = device.authentication.symmetric_key
            self.assertEqual(len(base64.b64decode(keys.primary_key)), 32)
            self.assertNotEqual(keys.primary_key, keys.secondary_key)

        def test_2_gets_it_as_it_was_created(self):
            device = hub.registry.get_device("registry-1")
            again = hub.registry.get_device("registry-1")
            self.assertEqual(device.as_dict(), again.as_dict())

        def test_3_takes_supplied_keys(self):
            hub.registry.create_device_with_sas("registry-2", key(1), key(2), "enabled")
            keys = hub.registry.get_device("registry-2").authentication.symmetric_key
            self.assertEqual((keys.primary_key, keys.secondary_key), (key(1), key(2)))

        def test_4_updates_a_device_whose_etag_is_current(self):
            old = hub.registry.get_device("registry-2")
            update = ("registry-2", old.etag, key(3), key(4), "disabled")
            updated = hub.registry.update_device_with_sas(*update, status_reason="on holiday")
            self.assertEqual((updated.status, updated.status_reason), ("disabled", "on holiday"))
            self.assertNotEqual(updated.etag, old.etag)
            with self.refused("Precondition Failed"):
                hub.registry.update_device_with_sas(*update)

        def test_5_lists_devices(self):
            ids = {device.device_id for device in hub.registry.get_devices(1000)}
            self.assertLessEqual({"registry-1", "registry-2"}, ids)

        def test_6_creates_updates_and_lists_modules(self):
            module = hub.registry.create_module_with_sas("registry-1", "m1", None, None, None)
            hub.registry.create_module_with_sas("registry-1", "m2", None, key(1), key(2))
            hub.registry.update_module_with_sas(
                "registry-1", "m1", "somebody", module.etag, key(5), key(6))
            managed = {one.module_id: one.managed_by for one in hub.registry.get_modules("registry-1")}
            self.assertEqual(set(managed), {"m1", "m2"})
            self.assertEqual(managed["m1"], "somebody")

        def test_7_deletes_a_module_then_the_device_with_the_other(self):
            hub.registry.delete_module("registry-1", "m1")
            with self.refused("Not Found"):
                hub.registry.get_module("registry-1", "m1")
            hub.registry.delete_device("registry-1")
            for gone in (("registry-1",), ("registry-1", "m2")):
                get = hub.registry.get_module if gone[1:] else hub.registry.get_device
                with self.refused("Not Found"):
                    get(*gone)

    return Registry
