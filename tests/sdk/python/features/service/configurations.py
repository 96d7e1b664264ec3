"""Automatic device management and edge deployments."""
from azure.iot.hub.models import (Configuration, ConfigurationContent, ConfigurationMetrics,
                                  ConfigurationQueriesTestInput, Twin)

from support.back_end import equal, refused
from support.until import until


def of_devices(name, condition, desired, **more):
    return Configuration(id=name, target_condition=condition, content=ConfigurationContent(
        device_content={f"properties.desired.{key}": value for key, value in desired.items()}), **more)


def configurations(back_end):
    manager = back_end.configurations
    made = manager.create_configuration(of_devices("crud-1", "tags.none = 1", {"a": 1}, labels={"l": "x"}))
    equal((made.id, made.labels, made.priority or 0), ("crud-1", {"l": "x"}, 0))
    refused(409, manager.create_configuration, of_devices("crud-1", "", {"a": 1}))
    made.priority = 7
    updated = manager.update_configuration(made, made.etag)
    equal(updated.priority, 7)
    refused(412, manager.update_configuration, made, made.etag)
    assert "crud-1" in [one.id for one in manager.get_configurations()]
    tested = manager.test_configuration_queries(ConfigurationQueriesTestInput(
        target_condition="tags.a = 1", custom_metric_queries={"m": "SELECT FROM"}))
    assert not tested.target_condition_error and tested.custom_metric_query_errors["m"], tested
    manager.delete_configuration("crud-1")
    refused(404, manager.get_configuration, "crud-1")


def applies(back_end):
    device = back_end.device("d").device_id
    back_end.device("other")
    back_end.registry.update_twin(device, Twin(tags={"applies": True}), "*")
    metrics = ConfigurationMetrics(queries={
        "done": "SELECT deviceId FROM devices WHERE configurations.[[applies-1]].status = 'Applied'"})
    back_end.configurations.create_configuration(
        of_devices("applies-1", "tags.applies = true", {"interval": 5}, priority=10, metrics=metrics))

    def interval():
        return back_end.registry.get_twin(device).properties.desired.get("interval")

    equal(until("the configuration is applied", interval), 5)

    def counted():
        results = back_end.configurations.get_configuration("applies-1").system_metrics.results
        return results == {"targetedCount": 1, "appliedCount": 1}

    until("it counts the device", counted)
    custom = back_end.configurations.get_configuration("applies-1").metrics.results
    equal(custom, {"done": 1})
    assert "interval" not in back_end.registry.get_twin(back_end.id("other")).properties.desired
    back_end.configurations.delete_configuration("applies-1")


def apply_content(back_end):
    device = back_end.device("edge", iot_edge=True).device_id
    content = ConfigurationContent(modules_content={
        "$edgeAgent": {"properties.desired": {"schemaVersion": "1.1", "modules": {}}},
        "$edgeHub": {"properties.desired": {"routes": {"up": "FROM /* INTO $upstream"}}}})
    back_end.configurations.apply_configuration_on_edge_device(device, content)
    agent = back_end.registry.get_module_twin(device, "$edgeAgent")
    equal(agent.properties.desired["schemaVersion"], "1.1")
    leaf = back_end.device("leaf").device_id
    refused(400, back_end.configurations.apply_configuration_on_edge_device, leaf, content)
