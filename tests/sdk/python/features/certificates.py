"""Devices and modules that present a certificate in place of a key."""
from support.certificates import self_signed


def create(scene, way, *thumbprints):
    """Makes the identity with one of the registry's two ways to name its certificates."""
    registry, status = scene.registry, "enabled"
    if scene.is_module:
        registry.create_device_with_sas(scene.identity[0], None, None, status)
        getattr(registry, "create_module_with_" + way)(*scene.identity, None, *thumbprints)
    else:
        getattr(registry, "create_device_with_" + way)(*scene.identity, *thumbprints, status)


def is_welcome(scene, certificate):
    scene.connected(scene.client_presenting(certificate)).send_message("with a certificate")
    event = scene.hub.management.events(scene.identity, 1)[0]
    assert event["body"] == "with a certificate", event
    assert event["authMethod"]["type"] == "x509", event


def by_thumbprint(scene):
    folder, name = scene.hub.folder, "/".join(scene.identity)
    own = self_signed(folder, name)
    create(scene, "x509", own.thumbprint(), own.thumbprint())
    is_welcome(scene, own)
    scene.refused(scene.client_presenting(self_signed(folder, name)))


def by_authority(scene):
    folder, name = scene.hub.folder, "/".join(scene.identity)
    registered, impostor = (self_signed(folder, "CA of " + name) for _ in range(2))
    scene.hub.management.register_authority(scene.identity[0], registered.pem)
    create(scene, "certificate_authority")
    is_welcome(scene, registered.issue(name))
    scene.refused(scene.client_presenting(impostor.issue(name)))
    scene.refused(scene.client_presenting(registered.issue("not-" + name)))
