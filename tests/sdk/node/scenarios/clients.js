// azure-iot-device over azure-iot-device-mqtt: devices and modules.
'use strict';
const assert = require('node:assert/strict');
const { afterEach, before, describe, it } = require('node:test');
const { Client, Message, ModuleClient } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');
const { Registry } = require('azure-iothub');
const { twinOf } = require('../support/twin_of');
const { until } = require('../support/until');

module.exports = (hub) => describe('clients over MQTT', () => {
    const registry = () => Registry.fromConnectionString(hub.connectionString);
    const deviceId = 'clients-1';
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

    async function connected(client) {
        open.push(client);
        await client.open();
        return client;
    }
    const connectedModule = () => connected(
        ModuleClient.fromConnectionString(hub.moduleConnectionString(module), Mqtt));
    const connectedDevice = () => connected(
        Client.fromConnectionString(hub.deviceConnectionString(device), Mqtt));
    const desire = (desired) => registry().updateModuleTwin(deviceId, 'm',
        { properties: { desired } }, '*');

    it('a module connects, and the registry knows it', async () => {
        await connectedModule();
        const state = async () => (await registry().getModule(deviceId, 'm')).responseBody
            .connectionState;
        assert.equal(await state(), 'Connected');
        await open.pop().close();
        await until('it is disconnected', async () => await state() === 'Disconnected');
    });

    it('a module gets its twin and each desired change', async () => {
        await desire({ first: 1 });
        const twin = await twinOf(await connectedModule());
        assert.equal(twin.properties.desired.first, 1);
        await desire({ second: { deep: true } });
        const change = await until('the module is told', () => twin.told.find((p) => p.second));
        assert.deepEqual(change.second, { deep: true });
        assert.equal(change.first, undefined);
        assert.equal(change.$version, twin.told[0].$version + 1);
    });

    it('what a module reports is seen by the service', async () => {
        const twin = await twinOf(await connectedModule());
        await twin.report({ temperature: 21, gone: 'soon' });
        await twin.report({ gone: null });
        const { responseBody: seen } = await registry().getModuleTwin(deviceId, 'm');
        assert.equal(seen.properties.reported.temperature, 21);
        assert.equal(seen.properties.reported.gone, undefined);
        assert.equal(seen.properties.reported.$version, 3);
    });

    it('telemetry with properties is acknowledged', async () => {
        const message = new Message(JSON.stringify({ temperature: 21 }));
        message.contentType = 'application/json';
        message.contentEncoding = 'utf-8';
        message.messageId = 'message 1/2';
        message.properties.add('alert & more', 'yes=no');
        const result = await (await connectedModule()).sendEvent(message);
        assert.equal(result.constructor.name, 'MessageEnqueued');
    });

    it('a device does the same without a module', async () => {
        const client = await connectedDevice();
        const twin = await twinOf(client);
        await registry().updateTwin(deviceId, { properties: { desired: { speed: 3 } } }, '*');
        await until('the device is told', () => twin.told.some((patch) => patch.speed === 3));
        await twin.report({ speed: 3 });
        const { responseBody: seen } = await registry().getTwin(deviceId);
        assert.equal(seen.properties.reported.speed, 3);
        await client.sendEvent(new Message(Buffer.from([0, 1])));
    });

    it('a wrong key is refused as such', async () => {
        const wrong = structuredClone(module);
        wrong.authentication.symmetricKey.primaryKey = Buffer.alloc(32).toString('base64');
        const client = ModuleClient.fromConnectionString(hub.moduleConnectionString(wrong), Mqtt);
        await assert.rejects(client.open(), { name: 'UnauthorizedError' });
    });

    it('a disabled device is refused', async () => {
        const { responseBody: off } = await registry().create(
            { deviceId: 'clients-2', status: 'disabled' });
        const client = Client.fromConnectionString(hub.deviceConnectionString(off), Mqtt);
        await assert.rejects(client.open(), { name: 'UnauthorizedError' });
    });
});
