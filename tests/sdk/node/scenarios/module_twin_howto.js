// The how-to "module identity and module twin" with the SDK for Node: CreateIdentities, then
// UpdateModuleTwinReportedProperties; both can be run again.
'use strict';
const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { Message, ModuleClient } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');
const { twinOf } = require('../support/twin_of');
const { until } = require('../support/until');

const deviceId = 'myFirstDevice';
const moduleId = 'myFirstModule';

async function orExisting(creating, getting) {
    try {
        return (await creating()).responseBody;
    } catch (error) {
        assert.equal(error.name, 'DeviceAlreadyExistsError');
        return (await getting()).responseBody;
    }
}

module.exports = (hub) => describe('the module-twin how-to', () => {
    async function createIdentities() {
        const device = await orExisting(() => hub.registry().create({ deviceId }),
            () => hub.registry().get(deviceId));
        const module = await orExisting(() => hub.registry().addModule({ deviceId, moduleId }),
            () => hub.registry().getModule(deviceId, moduleId));
        return [device, module];
    }

    async function updateModuleTwin(module, round) {
        const client = ModuleClient.fromConnectionString(hub.connectionStringOf(module), Mqtt);
        await client.open();
        try {
            const twin = await twinOf(client);
            await twin.report({ DateTimeLastAppLaunch: new Date().toISOString() });
            await hub.registry().updateModuleTwin(deviceId, moduleId,
                { properties: { desired: { telemetryInterval: round } } }, '*');
            await until('the callback', () => twin.told.find((p) => p.telemetryInterval === round));
            await twin.report({ DateTimeLastDesiredPropertyChangeReceived: `round ${round}` });
            await client.sendEvent(new Message(Buffer.from([0, 1])));
        } finally {
            await client.close();
        }
    }

    it('works, and works again with the same keys', async () => {
        const [device, module] = await createIdentities();
        await updateModuleTwin(module, 1);
        const [deviceAgain, moduleAgain] = await createIdentities();
        assert.deepEqual(deviceAgain.authentication, device.authentication);
        assert.deepEqual(moduleAgain.authentication, module.authentication);
        await updateModuleTwin(moduleAgain, 2);
        const { reported, desired } = (await hub.registry().getModuleTwin(deviceId, moduleId))
            .responseBody.properties;
        assert.ok(reported.DateTimeLastAppLaunch);
        assert.equal(reported.DateTimeLastDesiredPropertyChangeReceived, 'round 2');
        assert.equal(desired.telemetryInterval, 2);
    });
});
