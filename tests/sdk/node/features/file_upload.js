// A file goes to the blob storage that the hub's configuration names.
'use strict';
const assert = require('node:assert/strict');
const { Readable } = require('node:stream');
const { within } = require('../support/until');

async function upload(scene) {
    await scene.create();
    const content = Buffer.from('a day of measurements\n'.repeat(1000));
    const client = await scene.connected();
    await within('the upload is done',
        client.uploadToBlob('logs/day 1.txt', Readable.from([content]), content.length));
    const blob = scene.hub.blobStorage.blob(`${scene.identity.deviceId}/logs/day 1.txt`);
    assert.ok(blob, 'the storage has the blob');
    assert.ok(blob.equals(content));
}

module.exports = { 'file-upload': upload };
