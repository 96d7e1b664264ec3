// Messages to devices, feedback on them, and notifications of uploaded files, over AMQP.
'use strict';
const assert = require('node:assert/strict');
const { Readable } = require('node:stream');
const { Message } = require('azure-iot-device');
const { until, within } = require('../../support/until');
const { SENT, assertReceived, first } = require('../messages');

function message(more) {
    const { body, properties, ...members } = { ...SENT, ...more };
    const made = Object.assign(new Message(body), members);
    Object.entries(properties).forEach(([name, value]) => made.properties.add(name, value));
    return made;
}

async function send(backEnd) {
    const service = await backEnd.messenger();
    for (const transport of ['mqtt', 'amqp']) {
        const device = await backEnd.device(transport);
        const client = await backEnd.connected(device, { transport });
        const coming = first(client, 'message');
        await service.send(device.deviceId, message());
        const [received] = await within('the message comes', coming);
        assertReceived(backEnd, received);
        await client.complete(received);
    }
}

async function sendRefused(backEnd) {
    const service = await backEnd.messenger();
    await assert.rejects(service.send(backEnd.id('nobody'), message()), { name: 'DeviceNotFoundError' });
    const { deviceId } = await backEnd.device('full');
    await Promise.all(Array.from({ length: 50 }, () => service.send(deviceId, message())));
    await assert.rejects(service.send(deviceId, message()),
        { name: 'DeviceMaximumQueueDepthExceededError' });
}

// What a new receiver is given of the device, up to what is wanted. It completes all it receives: lists
// of records, or single documents.
async function received(backEnd, kind, isWanted) {
    const service = await backEnd.messenger();
    const { result: receiver } = await service[kind]();
    const documents = [];
    receiver.on('message', async (given) => {
        await receiver.complete(given);
        documents.push(...[JSON.parse(given.getData())].flat());
    });
    await until('it is received', () => documents.some(isWanted));
    await service.close();
    return documents.filter(({ deviceId }) => deviceId === backEnd.id('d'));
}

async function feedback(backEnd) {
    const service = await backEnd.messenger();
    const device = await backEnd.device('d');
    const client = await backEnd.connected(device);
    client.on('message', (given) => client.complete(given));
    for (const messageId of ['one', 'two']) {
        await service.send(device.deviceId, message({ messageId }));
        const records = await received(backEnd, 'getFeedbackReceiver',
            (record) => record.deviceId === device.deviceId && record.originalMessageId === messageId);
        assert.deepEqual(records.map(({ originalMessageId, statusCode }) => [originalMessageId, statusCode]),
            [[messageId, 'Success']]);
    }
}

async function fileNotifications(backEnd) {
    const content = Buffer.from('a day of measurements\n');
    const device = await backEnd.device('d');
    const client = await backEnd.connected(device);
    for (const name of ['one.txt', 'two.txt']) {
        await within('the upload is done',
            client.uploadToBlob(name, Readable.from([content]), content.length));
        const blobName = `${device.deviceId}/${name}`;
        const notifications = await received(backEnd, 'getFileNotificationReceiver',
            (notification) => notification.blobName === blobName);
        assert.deepEqual(notifications.map((one) => [one.blobName, one.blobSizeInBytes]),
            [[blobName, content.length]]);
        assert.ok(notifications[0].blobUri.endsWith(`/uploads/${blobName}`), notifications[0].blobUri);
    }
}

module.exports = { send, sendRefused, feedback, fileNotifications };
