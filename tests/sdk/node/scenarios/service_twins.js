// azure-iothub's Registry: twins as a back end sees them.
'use strict';
const assert = require('node:assert/strict');
const { before, describe, it } = require('node:test');

module.exports = (hub) => describe('twins of the service', () => {
    const key = ['twins-1', 'm'];

    before(async () => {
        await hub.registry().create({ deviceId: key[0] });
        await hub.registry().addModule({ deviceId: key[0], moduleId: key[1] });
    });

    it('a new twin is empty, at version 1', async () => {
        const { responseBody: twin } = await hub.registry().getModuleTwin(...key);
        assert.equal(twin.deviceId, key[0]);
        assert.equal(twin.moduleId, key[1]);
        assert.equal(twin.properties.desired.$version, 1);
        assert.equal(twin.properties.reported.$version, 1);
    });

    it('merges a patch of tags and desired properties', async () => {
        await hub.registry().updateModuleTwin(...key,
            { tags: { room: 'cellar' }, properties: { desired: { a: { b: 1, c: 2 }, d: 3 } } }, '*');
        await hub.registry().updateModuleTwin(...key,
            { properties: { desired: { a: { c: null }, d: 4 } } }, '*');
        const { responseBody: twin } = await hub.registry().getModuleTwin(...key);
        assert.deepEqual(twin.tags, { room: 'cellar' });
        const { $metadata, $version, ...desired } = twin.properties.desired;
        assert.deepEqual(desired, { a: { b: 1 }, d: 4 });
        assert.equal($version, 3);
        assert.ok($metadata.a.b.$lastUpdated);
    });

    it('takes the current etag and refuses a stale one', async () => {
        const { responseBody: twin } = await hub.registry().getModuleTwin(...key);
        await hub.registry().updateModuleTwin(...key, { tags: { floor: 1 } }, twin.etag);
        await assert.rejects(hub.registry().updateModuleTwin(...key, { tags: { floor: 2 } }, twin.etag),
            { name: 'InvalidEtagError' });
        const { responseBody: kept } = await hub.registry().getModuleTwin(...key);
        assert.equal(kept.tags.floor, 1);
    });

    it('a device has a twin too', async () => {
        await hub.registry().updateTwin(key[0], { properties: { desired: { speed: 5 } } }, '*');
        const { responseBody: twin } = await hub.registry().getTwin(key[0]);
        assert.equal(twin.properties.desired.speed, 5);
        assert.equal(twin.moduleId, undefined);
    });

    it('refuses a patch that is not allowed', async () => {
        await assert.rejects(hub.registry().updateModuleTwin(...key,
            { properties: { desired: { 'a.b': 1 } } }, '*'), { name: 'ArgumentError' });
    });
});
