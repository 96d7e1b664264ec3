// A module that finds everything in its environment, as IoT Edge code does: the hub's name is any, the
// gateway's is where to connect.
'use strict';
const assert = require('node:assert/strict');
const path = require('node:path');
const { Message, ModuleClient } = require('azure-iot-device');
const transports = require('../support/transports');

async function fromEnvironment(scene) {
    await scene.create();
    process.env.EdgeHubConnectionString = scene.connectionStringBehind();
    process.env.EdgeModuleCACertificateFile = path.join(scene.hub.folder, 'ca.pem');
    try {
        const client = scene.closing(
            await ModuleClient.fromEnvironment(transports[scene.transport]));
        await client.open();
        await client.sendOutputEvent('out', new Message('from the edge'));
    } finally {
        delete process.env.EdgeHubConnectionString;
        delete process.env.EdgeModuleCACertificateFile;
    }
    const [event] = await scene.hub.management.events(scene.identity, 1);
    assert.equal(event.body, 'from the edge');
    assert.equal(event.systemProperties['iothub-outputname'], 'out');
}

module.exports = { 'edge-environment': fromEnvironment };
