// azure-iothub's Registry: identities of devices and modules.
'use strict';
const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { Registry } = require('azure-iothub');

const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

module.exports = (hub) => describe('registry', () => {
    it('creates a device with generated keys', async () => {
        const { responseBody: device } = await hub.registry().create({ deviceId: 'registry-1' });
        assert.equal(device.deviceId, 'registry-1');
        assert.equal(device.status, 'enabled');
        assert.equal(device.connectionState, 'Disconnected');
        assert.match(device.authentication.symmetricKey.primaryKey, BASE64_OF_32_BYTES);
        assert.match(device.authentication.symmetricKey.secondaryKey, BASE64_OF_32_BYTES);
    });

    it('refuses to create it again, and keeps its keys', async () => {
        const { responseBody: first } = await hub.registry().get('registry-1');
        await assert.rejects(hub.registry().create({ deviceId: 'registry-1' }),
            { name: 'DeviceAlreadyExistsError' });
        const { responseBody: second } = await hub.registry().get('registry-1');
        assert.deepEqual(second.authentication, first.authentication);
    });

    it('takes supplied keys', async () => {
        const key = Buffer.alloc(32, 7).toString('base64');
        const authentication = { symmetricKey: { primaryKey: key, secondaryKey: key } };
        await hub.registry().create({ deviceId: 'registry-2', authentication });
        const { responseBody: device } = await hub.registry().get('registry-2');
        assert.equal(device.authentication.symmetricKey.primaryKey, key);
    });

    it('updates a device', async () => {
        const { responseBody: device } = await hub.registry().get('registry-1');
        await hub.registry().update({ ...device, status: 'disabled', statusReason: 'on holiday' });
        const { responseBody: updated } = await hub.registry().get('registry-1');
        assert.equal(updated.status, 'disabled');
        assert.equal(updated.statusReason, 'on holiday');
        assert.notEqual(updated.etag, device.etag);
    });

    it('lists devices', async () => {
        const { responseBody: devices } = await hub.registry().list();
        const ids = devices.map((device) => device.deviceId);
        assert.ok(ids.includes('registry-1') && ids.includes('registry-2'), ids.join());
    });

    it('creates, gets, lists and updates modules', async () => {
        const { responseBody: created } = await hub.registry().addModule(
            { deviceId: 'registry-1', moduleId: 'm1' });
        assert.match(created.authentication.symmetricKey.primaryKey, BASE64_OF_32_BYTES);
        await hub.registry().addModule({ deviceId: 'registry-1', moduleId: 'm2' });
        const { responseBody: got } = await hub.registry().getModule('registry-1', 'm1');
        assert.deepEqual(got.authentication, created.authentication);
        await hub.registry().updateModule({ ...got, managedBy: 'somebody' });
        const { responseBody: modules } = await hub.registry().getModulesOnDevice('registry-1');
        assert.deepEqual(modules.map((module) => [module.moduleId, module.managedBy]).sort(),
            [['m1', 'somebody'], ['m2', got.managedBy]]);
    });

    it('refuses to create a module again', async () => {
        await assert.rejects(hub.registry().addModule({ deviceId: 'registry-1', moduleId: 'm1' }),
            { name: 'DeviceAlreadyExistsError', message: /'m1' is already registered/ });
    });

    it('deletes a module, then the device with what is left of it', async () => {
        await hub.registry().removeModule('registry-1', 'm1');
        await assert.rejects(hub.registry().getModule('registry-1', 'm1'));
        await hub.registry().delete('registry-1');
        await assert.rejects(hub.registry().get('registry-1'), { name: 'DeviceNotFoundError' });
        await assert.rejects(hub.registry().getModule('registry-1', 'm2'));
    });

    it('refuses a key that is not the policy\'s', async () => {
        const wrong = hub.connectionString.replace(/SharedAccessKey=.*/,
            `SharedAccessKey=${Buffer.alloc(32).toString('base64')}`);
        await assert.rejects(Registry.fromConnectionString(wrong).get('registry-2'),
            { name: 'UnauthorizedError' });
    });
});
