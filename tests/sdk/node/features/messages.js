// Messages to devices and to the inputs of modules.
'use strict';
const assert = require('node:assert/strict');
const { until, within } = require('../support/until');

const SENT = {
    body: 'turn left', messageId: 'message 1/2', correlationId: 'order & 7',
    contentType: 'text/plain', ack: 'full', properties: { speed: 'slow=1 & 2', side: 'left' },
};

// Over HTTPS the SDK leaves the headers' prefix on the names, and does not read the content type.
function assertReceived(scene, message) {
    const overHttps = scene.transport === 'https';
    const property = (name) => message.properties.getValue(overHttps ? `iothub-app-${name}` : name);
    assert.equal(message.getData().toString(), SENT.body);
    assert.equal(message.messageId, SENT.messageId);
    assert.equal(message.correlationId, SENT.correlationId);
    assert.equal(message.contentType, overHttps ? undefined : SENT.contentType);
    assert.equal(property('speed'), SENT.properties.speed);
    assert.equal(property('side'), SENT.properties.side);
}

// The first of an event. The listener stays: with the last one the SDK gives up the link over which
// a message would be settled (AMQP).
const first = (client, event) => new Promise((resolve) => client.on(event, (...what) => resolve(what)));

async function received(scene, client) {
    await scene.hub.management.send(scene.identity, SENT);
    const [message] = await within('the message comes', first(client, 'message'));
    return message;
}

const noneWaits = (scene) => until('no message waits',
    async () => (await scene.hub.management.waiting(scene.identity)).length === 0);

async function feedbackSays(scene, statusCode) {
    const { deviceId } = scene.identity;
    const record = await until('there is feedback', async () => (await scene.hub.management.feedback())
        .find((one) => one.deviceId === deviceId));
    assert.equal(record.originalMessageId, SENT.messageId);
    assert.equal(record.statusCode, statusCode);
}

async function complete(scene) {
    await scene.create();
    const client = await scene.connected();
    const message = await received(scene, client);
    assertReceived(scene, message);
    await client.complete(message);
    await noneWaits(scene);
    await feedbackSays(scene, 'Success');
}

async function reject(scene) {
    await scene.create();
    const client = await scene.connected();
    await client.reject(await received(scene, client));
    await noneWaits(scene);
    await feedbackSays(scene, 'Rejected');
}

async function receiveInput(scene) {
    await scene.create();
    const client = await scene.connected();
    const coming = first(client, 'inputMessage');
    await scene.hub.management.send(scene.identity, { ...SENT, input: 'steering' });
    const [input, message] = await within('the message comes', coming);
    assert.equal(input, 'steering');
    assertReceived(scene, message);
    await client.complete(message);
    await noneWaits(scene);
}

module.exports = {
    ofDevices: { c2d: complete, 'c2d-reject': reject, input: receiveInput }, SENT, assertReceived, first,
};
