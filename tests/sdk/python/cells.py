"""One test for each cell of the table, each with identities of its own. A feature that has no function
here fails: the table says that it exists."""
import unittest

from features import (certificates, connection, edge_environment, file_upload, host_names, messages,
                      method, module_invoke, telemetry, twins)
from features.service import (access, configurations, events, jobs, messages as queues, messaging,
                              queries, registry, twins as service_twins)
from support import results
from support.back_end import BackEnd
from support.certificates import is_available
from support.scene import Scene
from support.table import cells

FEATURES = {
    "connect": connection.connect,
    "twin-get": twins.get_twin,
    "desired-callback": twins.hear_of_desired,
    "reported-patch": twins.report,
    "telemetry": telemetry.send,
    "method": method.answer_method,
    "c2d": messages.complete,
    "input": messages.receive_input,
    "reconnect": connection.reconnect,
    "key-rotation": connection.rotate_keys,
    "disable": connection.disable,
    "x509-self-signed": certificates.by_thumbprint,
    "x509-ca": certificates.by_authority,
    "edge-environment": edge_environment.from_environment,
    "module-invoke": module_invoke.invoke,
    "host-localhost": host_names.localhost,
    "host-dotted-gateway": host_names.dotted_gateway,
    "file-upload": file_upload.upload,
    "identities": registry.identities,
    "list": registry.list_devices,
    "bulk": registry.bulk,
    "statistics": registry.statistics,
    "edge": registry.edge,
    "twins": service_twins.twins,
    "twin-replace": service_twins.replace,
    "query": queries.query,
    "query-jobs": jobs.rows_of_job,
    "methods": service_twins.methods,
    "scheduled-twin-update": jobs.twin_update,
    "scheduled-method": jobs.method,
    "export": jobs.export,
    "import": jobs.import_devices,
    "configurations": configurations.configurations,
    "configuration-applies": configurations.applies,
    "apply-content": configurations.apply_content,
    "digital-twin-get": service_twins.get_digital_twin,
    "digital-twin-update": service_twins.update_digital_twin,
    "digital-twin-command": service_twins.command,
    "purge": queues.purge,
    "feedback": queues.feedback,
    "bearer-token": access.bearer_token,
    "throttled": access.throttled,
    "send": messaging.send,
    "events": events.events,
}


def play(hub, cell):
    assert cell.feature in FEATURES, f"the suite does not know the feature {cell.feature}"
    scene = BackEnd(hub, cell) if cell.who == "back end" else Scene(hub, cell)
    try:
        FEATURES[cell.feature](scene)
    finally:
        scene.close()


def test_of(hub, cell):
    def test(self):
        if cell.feature.startswith("x509-") and not is_available():
            results.record(cell, "not run", "openssl is not installed")
            self.skipTest("openssl is not installed")
        try:
            play(hub, cell)
        except Exception as error:
            results.record(cell, "fails", str(error))
            raise
        results.record(cell, "works")

    test.__doc__ = f"{cell.feature}: a {cell.who} over {cell.transport} {cell.title}"
    return test


def tests(hub):
    """The test case; unittest runs tests in the order of their names."""
    every = {f"test_{number:03}": test_of(hub, cell) for number, cell in enumerate(cells())}
    return type("EveryFeatureOverEveryTransport", (unittest.TestCase,),
                {"tearDownClass": classmethod(lambda _: results.write()), **every})
