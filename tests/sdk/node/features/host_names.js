// What a connection string may call the hub. The name comes up in the certificate, the user name, the
// token and the Host header.
'use strict';
const assert = require('node:assert/strict');
const { Message } = require('azure-iot-device');
const { forward, mayListen } = require('../support/ports');

const PORTS = { mqtt: 8883, 'mqtt-ws': 443, amqp: 5671, 'amqp-ws': 443, https: 443 };

const named = (scene, name) => scene.connectionString().replace(scene.hub.address, name);

async function sends(scene, connectionString) {
    const client = await scene.connected(scene.client(connectionString));
    await client.sendEvent(new Message('hello'));
    const [event] = await scene.hub.management.events(scene.identity, 1);
    assert.equal(event.body, 'hello');
}

// The port of `from` leads to the hub while the scene lasts.
async function through(scene, from, connectionString) {
    const door = await forward(from, { host: scene.hub.address, port: PORTS[scene.transport] });
    try {
        await sends(scene, connectionString(door));
        await scene.close();
    } finally {
        door.close();
    }
}

// Where somebody else has the port, at least what the client says bears the name.
async function localhost(scene) {
    await scene.create();
    const place = { host: 'localhost', port: PORTS[scene.transport] };
    if (await mayListen(place.host, place.port)) {
        await through(scene, place, () => named(scene, 'localhost'));
    } else {
        await sends(scene, scene.connectionStringBehind('localhost'));
    }
}

async function dottedGateway(scene) {
    await scene.create();
    await sends(scene, scene.connectionStringBehind('hub.example'));
}

async function withPort(scene) {
    const { address } = scene.hub;
    await scene.create();
    await through(scene, { host: address, port: 0 }, ({ port }) => named(scene, `${address}:${port}`));
}

module.exports = {
    'host-localhost': localhost, 'host-dotted-gateway': dottedGateway, 'host-port': withPort,
};
