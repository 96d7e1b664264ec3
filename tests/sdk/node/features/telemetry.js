// Telemetry, seen by what the hub keeps of it.
'use strict';
const assert = require('node:assert/strict');
const { Message } = require('azure-iot-device');

// Over HTTPS the SDK makes header names of property names, unencoded.
const propertyName = (scene) => (scene.transport === 'https' ? 'alert' : 'alert & more');

async function send(scene) {
    await scene.create();
    const message = new Message(JSON.stringify({ temperature: 21 }));
    message.contentType = 'application/json';
    message.contentEncoding = 'utf-8';
    message.messageId = 'message 1/2';
    message.properties.add(propertyName(scene), 'yes=no & 1/2');
    const client = await scene.connected();
    assert.equal((await client.sendEvent(message)).constructor.name, 'MessageEnqueued');

    const [event] = await scene.hub.management.events(scene.identity, 1);
    assert.equal(event.body, '{"temperature":21}');
    assert.equal(event.deviceId, scene.identity.deviceId);
    assert.equal(event.moduleId, scene.identity.moduleId);
    assert.equal(event.systemProperties['message-id'], 'message 1/2');
    assert.equal(event.systemProperties['content-type'], 'application/json');
    assert.equal(event.systemProperties['content-encoding'], 'utf-8');
    assert.deepEqual(event.properties, { [propertyName(scene)]: 'yes=no & 1/2' });
    assert.equal(event.authMethod.scope, scene.isModule ? 'module' : 'device');
}

async function sendBatch(scene) {
    await scene.create();
    const messages = ['one', 'two', 'three'].map((text) => {
        const message = new Message(text);
        message.properties.add('length', String(text.length));
        return message;
    });
    await (await scene.connected()).sendEventBatch(messages);
    const events = await scene.hub.management.events(scene.identity, 3);
    assert.deepEqual(events.map(({ body, properties }) => [body, properties]),
        [['one', { length: '3' }], ['two', { length: '3' }], ['three', { length: '5' }]]);
}

module.exports = { telemetry: send, 'telemetry-batch': sendBatch };
