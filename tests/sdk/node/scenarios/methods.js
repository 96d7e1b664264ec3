// Direct methods beyond the table: answers without a payload, many at once, and nobody there.
'use strict';
const assert = require('node:assert/strict');
const { afterEach, before, describe, it } = require('node:test');
const { answering, call } = require('../support/methods');
const { Scene } = require('../support/scene');

module.exports = (hub) => describe('direct methods', () => {
    const scene = new Scene(hub, { feature: 'methods', who: 'module', transport: 'mqtt' });
    const invoke = (parameters) => hub.service().invokeDeviceMethod(...scene.key, parameters);

    before(() => scene.create());
    afterEach(() => scene.close());

    it('a module answers without a payload', async () => {
        answering(await scene.connected(), 'reboot', (request, response) => response.send(404));
        const { result } = await invoke(call('reboot'));
        assert.equal(result.status, 404);
        assert.equal(result.payload, null);
    });

    it('twenty calls at once each get their own answer', async () => {
        answering(await scene.connected(), 'echo',
            (request, response) => response.send(200, request.payload));
        const numbers = [...Array(20).keys()];
        const answers = await Promise.all(numbers.map((n) => invoke(call('echo', { payload: n }))));
        assert.deepEqual(answers.map(({ result }) => result.payload), numbers);
    });

    it('a device that is not there is told as such', async () => {
        await assert.rejects(
            hub.service().invokeDeviceMethod(scene.identity.deviceId,
                call('any', { connectTimeoutInSeconds: 0 })),
            (failure) => failure.response.statusCode === 404
                && /404103/.test(failure.responseBody));
    });

    it('an unknown device is DeviceNotFoundError', async () => {
        await assert.rejects(hub.service().invokeDeviceMethod('nobody', call('any')),
            { name: 'DeviceNotFoundError' });
    });
});
