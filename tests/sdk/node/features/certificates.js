// Devices that present a certificate in place of a key.
'use strict';
const assert = require('node:assert/strict');
const { Message } = require('azure-iot-device');
const { authority, selfSigned } = require('../support/certificates');

// Over HTTPS the SDK answers setOptions only when there is a receive policy among them.
async function presenting(scene, { cert, key }) {
    const client = scene.client(
        `HostName=${scene.hub.address};DeviceId=${scene.identity.deviceId};x509=true`);
    await client.setOptions({ cert, key, http: { receivePolicy: { interval: 1 } } });
    return client;
}

async function isWelcome(scene, certificate) {
    const client = await scene.connected(await presenting(scene, certificate));
    await client.sendEvent(new Message('with a certificate'));
    const [event] = await scene.hub.management.events(scene.identity, 1);
    assert.equal(event.body, 'with a certificate');
    assert.equal(event.authMethod.type, 'x509');
}

async function byThumbprint(scene) {
    const { deviceId } = scene.identity;
    const own = selfSigned(deviceId);
    await scene.create({
        type: 'selfSigned',
        x509Thumbprint: { primaryThumbprint: own.thumbprint, secondaryThumbprint: own.thumbprint },
    });
    await isWelcome(scene, own);
    await scene.refused(await presenting(scene, selfSigned(deviceId)));
}

async function byAuthority(scene) {
    const { deviceId } = scene.identity;
    const [registered, impostor] = [1, 2].map(() => authority(`CA of ${deviceId}`));
    await scene.hub.management.registerAuthority(deviceId, registered.cert);
    await scene.create({ type: 'certificateAuthority' });
    await isWelcome(scene, registered.issue(deviceId));
    await scene.refused(await presenting(scene, impostor.issue(deviceId)));
    await scene.refused(await presenting(scene, registered.issue(`not-${deviceId}`)));
}

module.exports = { 'x509-self-signed': byThumbprint, 'x509-ca': byAuthority };
