// Connecting, being cut off, and being kept out.
'use strict';
const assert = require('node:assert/strict');
const { randomBytes } = require('node:crypto');
const { Message } = require('azure-iot-device');
const { until, within } = require('../support/until');

const newKey = () => randomBytes(32).toString('base64');

async function connect(scene) {
    await scene.create();
    const client = await scene.connected();
    assert.equal(await scene.connectionState(), 'Connected');
    await client.close();
    await until('it is disconnected', async () => await scene.connectionState() === 'Disconnected');
}

async function reconnect(scene) {
    const { management } = scene.hub;
    await scene.create();
    const client = await scene.connected();
    const { address } = await management.connection(scene.identity);
    await management.disconnect(scene.identity);
    await within('it sends', client.sendEvent(new Message('here again')), 60);
    const now = await management.connection(scene.identity);
    assert.notEqual(now.address, address);
    assert.equal((await management.events(scene.identity, 1))[0].body, 'here again');
}

async function rotateKeys(scene) {
    await scene.create();
    const old = scene.connectionString();
    const authentication = { symmetricKey: { primaryKey: newKey(), secondaryKey: newKey() } };
    await (scene.isModule ? scene.registry.updateModule({ ...scene.module, authentication })
        : scene.registry.update({ ...scene.device, authentication }));
    await scene.refused(scene.client(old));
    for (const key of Object.values(authentication.symmetricKey)) {
        const client = await scene.connected(scene.client(scene.connectionString(key)));
        await client.sendEvent(new Message('with the new key'));
        await client.close();
    }
}

async function disable(scene) {
    await scene.create();
    const client = await scene.connected();
    await client.sendEvent(new Message('while enabled'));
    await scene.registry.update({ ...scene.device, status: 'disabled' });
    if (scene.transport !== 'https') {
        await until('it is cut off', async () => await scene.connectionState() === 'Disconnected');
    }
    await scene.refused(scene.client());
}

module.exports = { connect, reconnect, 'key-rotation': rotateKeys, disable };
