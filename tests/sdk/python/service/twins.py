"""azure-iot-hub's IoTHubRegistryManager: twins as a back end sees them."""
import unittest

from azure.iot.hub.models import Twin, TwinProperties
from msrest.exceptions import HttpOperationError


def patch(desired=None, tags=None):
    return Twin(tags=tags, properties=TwinProperties(desired=desired) if desired else None)


def tests(hub):
    key = ("twins-1", "m")

    class Twins(unittest.TestCase):
        @classmethod
        def setUpClass(cls):
            hub.registry.create_device_with_sas(key[0], None, None, "enabled")
            hub.registry.create_module_with_sas(*key, None, None, None)

        def test_1_a_new_twin_is_empty_at_version_1(self):
            twin = hub.registry.get_module_twin(*key)
            self.assertEqual((twin.device_id, twin.module_id), key)
            self.assertEqual(twin.properties.desired["$version"], 1)
            self.assertEqual(twin.properties.reported["$version"], 1)

        def test_2_merges_a_patch_of_tags_and_desired_properties(self):
            hub.registry.update_module_twin(
                *key, patch({"a": {"b": 1, "c": 2}, "d": 3}, {"room": "cellar"}), "*")
            hub.registry.update_module_twin(*key, patch({"a": {"c": None}, "d": 4}), "*")
            twin = hub.registry.get_module_twin(*key)
            desired = {name: value for name, value in twin.properties.desired.items()
                       if not name.startswith("$")}
            self.assertEqual(desired, {"a": {"b": 1}, "d": 4})
            self.assertEqual(twin.properties.desired["$version"], 3)
            self.assertEqual(twin.tags, {"room": "cellar"})

        def test_3_takes_the_current_etag_and_refuses_a_stale_one(self):
            old = hub.registry.get_module_twin(*key)
            hub.registry.update_module_twin(*key, patch(tags={"floor": 1}), old.etag)
            with self.assertRaisesRegex(HttpOperationError, "Precondition Failed"):
                hub.registry.update_module_twin(*key, patch(tags={"floor": 2}), old.etag)
            self.assertEqual(hub.registry.get_module_twin(*key).tags["floor"], 1)

        def test_4_replaces_a_twin(self):
            hub.registry.replace_twin(key[0], patch({"speed": 5}, {"room": "attic"}))
            hub.registry.replace_twin(key[0], patch({"speed": 6}))
            twin = hub.registry.get_twin(key[0])
            self.assertEqual(twin.properties.desired["speed"], 6)
            self.assertFalse(twin.tags)

    return Twins
