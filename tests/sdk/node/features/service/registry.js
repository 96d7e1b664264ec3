// Identities, one and many.
'use strict';
const assert = require('node:assert/strict');

const body = async (request) => (await request).responseBody;
const ids = (list) => list.map(({ deviceId }) => deviceId).sort();

// The SDK's promise knows ids only, and no etag.
const removeModule = (registry, module) => new Promise((resolve, reject) => {
    registry.removeModule(module, (error) => (error ? reject(error) : resolve()));
});

async function identities(backEnd) {
    const { registry } = backEnd;
    const old = await backEnd.device('d');
    await assert.rejects(backEnd.device('d'), { name: 'DeviceAlreadyExistsError' });
    await registry.update({ ...old, status: 'disabled' });
    assert.equal((await body(registry.get(old.deviceId))).status, 'disabled');
    const module = await backEnd.module('d', 'm');
    await assert.rejects(backEnd.module('d', 'm'), { name: 'DeviceAlreadyExistsError' });
    await assert.rejects(removeModule(registry, { ...module, etag: 'c3RhbGU=' }), { name: 'InvalidEtagError' });
    await removeModule(registry, module);
    await assert.rejects(registry.getModule(old.deviceId, 'm'));
    await registry.delete(old.deviceId);
    await assert.rejects(registry.get(old.deviceId), { name: 'DeviceNotFoundError' });
}

async function list(backEnd) {
    for (const name of ['a', 'b', 'c']) {
        await backEnd.device(name);
    }
    const every = ids(await body(backEnd.registry.list()));
    for (const name of ['a', 'b', 'c']) {
        assert.ok(every.includes(backEnd.id(name)), name);
    }
}

async function bulk(backEnd) {
    const { registry } = backEnd;
    const devices = ['a', 'b', 'c'].map((name) => ({ deviceId: backEnd.id(name) }));
    const made = await body(registry.addDevices(devices));
    assert.deepEqual(made, { isSuccessful: true, errors: [], warnings: [] });
    const updated = devices.map((device) => ({ ...device, status: 'disabled' }));
    assert.ok((await body(registry.updateDevices(updated, true))).isSuccessful);
    assert.equal((await body(registry.get(backEnd.id('a')))).status, 'disabled');
    const mixed = registry.addDevices([devices[0], { deviceId: backEnd.id('d') }]);
    await assert.rejects(mixed, (error) => {
        const { isSuccessful, errors } = JSON.parse(error.responseBody);
        assert.equal(isSuccessful, false);
        assert.deepEqual(errors.map(({ deviceId, errorCode }) => [deviceId, errorCode]),
            [[backEnd.id('a'), 'DeviceAlreadyExists']]);
        return true;
    });
    await registry.get(backEnd.id('d'));
    const gone = [...devices, { deviceId: backEnd.id('d') }];
    assert.ok((await body(registry.removeDevices(gone, true))).isSuccessful);
    await assert.rejects(registry.get(backEnd.id('a')), { name: 'DeviceNotFoundError' });
}

async function statistics(backEnd) {
    const counts = () => body(backEnd.registry.getRegistryStatistics());
    const before = await counts();
    await backEnd.device('a');
    await backEnd.device('b', { status: 'disabled' });
    const now = await counts();
    assert.deepEqual(Object.keys(now).map((name) => [name, now[name] - before[name]]),
        [['totalDeviceCount', 2], ['enabledDeviceCount', 1], ['disabledDeviceCount', 1]]);
}

async function edge(backEnd) {
    const { registry } = backEnd;
    const parent = await backEnd.device('edge', { capabilities: { iotEdge: true } });
    const modules = await body(registry.getModulesOnDevice(parent.deviceId));
    assert.deepEqual(modules.map(({ moduleId }) => moduleId).sort(), ['$edgeAgent', '$edgeHub']);
    const leaf = await backEnd.device('leaf', { deviceScope: parent.deviceScope });
    assert.deepEqual([leaf.deviceScope, leaf.parentScopes], [parent.deviceScope, [parent.deviceScope]]);
    await registry.update({ ...leaf, deviceScope: '' });
    assert.ok(!(await body(registry.get(leaf.deviceId))).deviceScope);
}

module.exports = { identities, list, bulk, statistics, edge };
