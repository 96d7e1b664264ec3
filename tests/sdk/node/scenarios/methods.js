// Direct methods: azure-iothub calls devices and modules that azure-iot-device runs.
'use strict';
const assert = require('node:assert/strict');
const { afterEach, before, describe, it } = require('node:test');
const { Client, ModuleClient } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');
const { Client: ServiceClient, Registry } = require('azure-iothub');
const { until } = require('../support/until');

module.exports = (hub) => describe('direct methods', () => {
    const registry = () => Registry.fromConnectionString(hub.connectionString);
    const service = () => ServiceClient.fromConnectionString(hub.connectionString);
    const deviceId = 'methods-1';
    let device;
    let module;
    let open = [];

    before(async () => {
        device = (await registry().create({ deviceId })).responseBody;
        module = (await registry().addModule({ deviceId, moduleId: 'm' })).responseBody;
    });
    afterEach(async () => {
        const clients = open;
        open = [];
        await Promise.all(clients.map((client) => client.close()));
    });

    // Both SDK clients call back once the hub has granted the subscription only for desired
    // properties, so that a caller waits for the device with the connect time-out.
    async function answering(client, name, answer) {
        open.push(client);
        await client.open();
        const register = client.onDeviceMethod ?? client.onMethod;
        register.call(client, name, (request, response) => answer(request, response));
    }
    const call = (methodName, more) => ({
        methodName, payload: null, responseTimeoutInSeconds: 15, connectTimeoutInSeconds: 10, ...more,
    });

    it('a device answers with status and payload', async () => {
        await answering(Client.fromConnectionString(hub.deviceConnectionString(device), Mqtt), 'add',
            (request, response) => response.send(200, { sum: request.payload.a + request.payload.b }));
        const { result } = await service().invokeDeviceMethod(deviceId,
            call('add', { payload: { a: 1, b: 2 } }));
        assert.deepEqual(result, { status: 200, payload: { sum: 3 } });
    });

    it('a module answers without a payload', async () => {
        await answering(ModuleClient.fromConnectionString(hub.moduleConnectionString(module), Mqtt),
            'reboot', (request, response) => response.send(404));
        const { result } = await service().invokeDeviceMethod(deviceId, 'm', call('reboot'));
        assert.equal(result.status, 404);
        assert.equal(result.payload, null);
    });

    it('twenty calls at once each get their own answer', async () => {
        await answering(ModuleClient.fromConnectionString(hub.moduleConnectionString(module), Mqtt),
            'echo', (request, response) => response.send(200, request.payload));
        const one = service();
        const answers = await Promise.all([...Array(20).keys()].map(
            (n) => one.invokeDeviceMethod(deviceId, 'm', call('echo', { payload: n }))));
        assert.deepEqual(answers.map(({ result }) => result.payload), [...Array(20).keys()]);
    });

    it('a device that is not there is told as such', async () => {
        await until('the device is away', async () => (await registry().get(deviceId))
            .responseBody.connectionState === 'Disconnected');
        await assert.rejects(
            service().invokeDeviceMethod(deviceId, call('any', { connectTimeoutInSeconds: 0 })),
            (failure) => failure.response.statusCode === 404
                && /404103/.test(failure.responseBody));
    });

    it('an unknown device is DeviceNotFoundError', async () => {
        await assert.rejects(service().invokeDeviceMethod('nobody', call('any')),
            { name: 'DeviceNotFoundError' });
    });
});
