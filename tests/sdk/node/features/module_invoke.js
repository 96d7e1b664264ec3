// A module that calls methods itself: over HTTPS, and its gateway is where to.
'use strict';
const assert = require('node:assert/strict');
const { Client, ModuleClient } = require('azure-iot-device');
const { answering, call } = require('../support/methods');
const transports = require('../support/transports');

async function answer(scene, kind, identity) {
    const client = kind.fromConnectionString(
        scene.hub.connectionStringOf(identity), transports[scene.transport]);
    answering(await scene.connected(scene.closing(client)), 'add', ({ payload }, response) => {
        response.send(201, { sum: payload.a + payload.b, by: identity.moduleId ?? 'the device' });
    });
}

async function invoke(scene) {
    await scene.create();
    const { deviceId } = scene.identity;
    const { responseBody: other } = await scene.registry.addModule({ deviceId, moduleId: 'other' });
    await answer(scene, Client, scene.device);
    await answer(scene, ModuleClient, other);

    const caller = await scene.connected(scene.client(scene.connectionStringBehind()));
    const add = call('add', { payload: { a: 1, b: 2 } });
    assert.deepEqual(await caller.invokeMethod(deviceId, add),
        { status: 201, payload: { sum: 3, by: 'the device' } });
    assert.deepEqual(await caller.invokeMethod(deviceId, 'other', add),
        { status: 201, payload: { sum: 3, by: 'other' } });
}

module.exports = { 'module-invoke': invoke };
