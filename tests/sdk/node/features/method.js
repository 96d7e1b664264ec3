// A direct method.
'use strict';
const assert = require('node:assert/strict');
const { answering, call } = require('../support/methods');

async function answerMethod(scene) {
    await scene.create();
    answering(await scene.connected(), 'add',
        (request, response) => response.send(200, { sum: request.payload.a + request.payload.b }));
    const { result } = await scene.hub.service().invokeDeviceMethod(...scene.key,
        call('add', { payload: { a: 1, b: 2 } }));
    assert.deepEqual(result, { status: 200, payload: { sum: 3 } });
}

module.exports = { method: answerMethod };
