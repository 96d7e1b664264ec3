// What lasts when the hub is stopped, or killed, and started again on the same data folder.
'use strict';
const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { Message, ModuleClient } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');
const { twinOf } = require('../support/twin_of');
const { until, within } = require('../support/until');

module.exports = (hub) => describe('restart', () => {
    const identityAndTwin = async (deviceId) => [
        (await hub.registry().getModule(deviceId, 'm')).responseBody,
        (await hub.registry().getModuleTwin(deviceId, 'm')).responseBody,
    ];

    async function populate(deviceId) {
        await hub.registry().create({ deviceId });
        await hub.registry().addModule({ deviceId, moduleId: 'm' });
        await hub.registry().updateModuleTwin(deviceId, 'm',
            { tags: { t: 1 }, properties: { desired: { kept: 'yes' } } }, '*');
        return identityAndTwin(deviceId);
    }

    function assertSame([module, twin], [moduleBefore, twinBefore]) {
        assert.deepEqual(module, moduleBefore);
        assert.deepEqual(twin.tags, twinBefore.tags);
        assert.deepEqual(twin.properties, twinBefore.properties);
        assert.equal(twin.etag, twinBefore.etag);
    }

    it('identities, keys and twins last over a stop, which ends with exit code 0', async () => {
        const before = await populate('restart-1');
        assert.equal(await hub.stop(), 0);
        await hub.start();
        assertSame(await identityAndTwin('restart-1'), before);
    });

    it('they last when the hub is killed', async () => {
        const before = await populate('restart-2');
        await hub.kill();
        await hub.start();
        assertSame(await identityAndTwin('restart-2'), before);
    });

    it('a connected client comes back by itself and goes on', async () => {
        const [module] = await populate('restart-3');
        const client = ModuleClient.fromConnectionString(hub.connectionStringOf(module), Mqtt);
        await client.open();
        try {
            const twin = await twinOf(client);
            await hub.stop();
            await hub.start();
            await within('it sends', client.sendEvent(new Message('after the restart')));
            // The SDK subscribes anew some time after it has connected; a change made before that is
            // not told, as it does not read the twin again.
            let count = 0;
            await until('the client is told of a change', async () => {
                count += 1;
                await hub.registry().updateModuleTwin('restart-3', 'm',
                    { properties: { desired: { count } } }, '*');
                return twin.told.some((patch) => patch.count);
            }, 30, 250);
            await twin.report({ back: true });
            const [, seen] = await identityAndTwin('restart-3');
            assert.equal(seen.properties.reported.back, true);
        } finally {
            await client.close();
        }
    });
});
