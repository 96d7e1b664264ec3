"""azure-iot-hub's IoTHubRegistryManager: methods of those who are not there."""
import unittest

from azure.iot.hub.models import CloudToDeviceMethod
from msrest.exceptions import HttpOperationError


def tests(hub):
    class Methods(unittest.TestCase):
        def assert_not_found(self, device_id):
            method = CloudToDeviceMethod(method_name="any", connect_timeout_in_seconds=0)
            with self.assertRaises(HttpOperationError) as caught:
                hub.registry.invoke_device_method(device_id, method)
            self.assertEqual(caught.exception.response.status_code, 404)
            return caught.exception.response.text

        def test_a_device_that_is_not_connected(self):
            hub.registry.create_device_with_sas("methods-1", None, None, "enabled")
            self.assertIn("404103", self.assert_not_found("methods-1"))

        def test_an_unknown_device(self):
            self.assertIn("DeviceNotFound", self.assert_not_found("nobody"))

    return Methods
