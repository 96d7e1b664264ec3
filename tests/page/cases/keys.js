'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open } = require('../support/browser');
const { send } = require('../support/device');

module.exports = (world) => {
    const keysOf = async (id) => {
        const { devices } = JSON.parse((await world.hub.manage(`/api/registry?device=${id}`)).body);
        return [devices[0].primaryKey, devices[0].secondaryKey];
    };
    const shown = async (tab) => [await tab.inputValue('#primary-key'), await tab.inputValue('#secondary-key')];

    test('keys are regenerated and swapped, when that is confirmed', async () => {
        await world.hub.seed([{ deviceId: 'rekeyed' }]);
        const tab = await open(world.browser, world.hub, '#/devices/rekeyed');
        const [primary, secondary] = await keysOf('rekeyed');
        await tab.click('#regenerate-primary');
        await tab.click('#keys-dialog-cancel');
        assert.deepEqual(await keysOf('rekeyed'), [primary, secondary]);
        await tab.click('#regenerate-primary');
        await tab.click('#keys-dialog-accept');
        await tab.waitForSelector('#keys-dialog', { state: 'detached' });
        await tab.click('#primary-key-show');
        await tab.click('#secondary-key-show');
        await tab.waitForFunction((old) => document.querySelector('#primary-key').value !== old, primary);
        assert.equal(await send(world.hub, 'rekeyed', 'x', { key: primary }), 401);
        assert.equal(await send(world.hub, 'rekeyed', 'x', { key: secondary }), 204);
        await tab.click('#regenerate-secondary');
        await tab.click('#keys-dialog-accept');
        await tab.waitForFunction((old) => document.querySelector('#secondary-key').value !== old, secondary);
        const [newPrimary, newSecondary] = await keysOf('rekeyed');
        assert.notEqual(newSecondary, secondary);
        await tab.click('#swap-keys');
        await tab.click('#keys-dialog-accept');
        await tab.waitForFunction(() => /^•+$/.test(document.querySelector('#primary-key').value));
        assert.deepEqual(await keysOf('rekeyed'), [newSecondary, newPrimary]);
        assert.deepEqual(tab.faults, []);
    });

    test("a module's key is regenerated, and not its device's", async () => {
        await world.hub.seed([{ deviceId: 'owner', modules: [{ moduleId: 'm' }] }]);
        const before = await world.hub.connectionStringOf('owner', 'm');
        const [deviceKey] = await keysOf('owner');
        const tab = await open(world.browser, world.hub, '#/devices/owner/modules/m');
        await tab.click('#regenerate-primary');
        await tab.click('#keys-dialog-accept');
        await tab.waitForSelector('#keys-dialog', { state: 'detached' });
        await tab.waitForTimeout(500);
        assert.notEqual(await world.hub.connectionStringOf('owner', 'm'), before);
        assert.equal((await keysOf('owner'))[0], deviceKey);
        assert.deepEqual(tab.faults, []);
    });

    test('a device with thumbprints is made', async () => {
        const tab = await open(world.browser, world.hub);
        await tab.click('#new-device');
        await tab.fill('#create-id', 'self-signed');
        await tab.selectOption('#create-authentication', 'selfSigned');
        await tab.fill('#create-primary', Array(20).fill('ab').join(':'));
        await tab.click('#create-dialog-accept');
        await tab.waitForSelector('#authentication-type:text("X.509 Self-Signed")');
        assert.equal(await tab.textContent('#primary-thumbprint'), 'AB'.repeat(20));
        assert.match(await tab.inputValue('#connection-string'), /;DeviceId=self-signed;x509=true$/);
        await tab.waitForSelector('#snippet-certificate');
        assert.deepEqual(tab.faults, []);
    });

    test('a wrong thumbprint is refused, and the dialog stays', async () => {
        const tab = await open(world.browser, world.hub, '#/devices', { mayFail: true });
        await tab.click('#new-device');
        await tab.fill('#create-id', 'short-print');
        await tab.selectOption('#create-authentication', 'selfSigned');
        await tab.fill('#create-primary', 'abc');
        await tab.click('#create-dialog-accept');
        await tab.waitForSelector('#create-failure >> text=thumbprint');
        assert.equal(await tab.inputValue('#create-primary'), 'abc');
        assert.deepEqual(tab.faults, []);
    });

    test('a module signed by a CA is made', async () => {
        await world.hub.seed([{ deviceId: 'certified' }]);
        const tab = await open(world.browser, world.hub, '#/devices/certified?tab=modules');
        await tab.click('#new-module');
        await tab.fill('#create-id', 'm');
        await tab.selectOption('#create-authentication', 'certificateAuthority');
        await tab.click('#create-dialog-accept');
        await tab.waitForSelector('#authentication-type:text("X.509 CA Signed")');
        assert.equal(await tab.locator('#primary-key').count(), 0);
        assert.deepEqual(tab.faults, []);
    });

    test('the Edge device above a device is shown', async () => {
        await world.hub.seed([{ deviceId: 'gateway-1', iotEdge: true }, { deviceId: 'leaf', parent: 'gateway-1' },
            { deviceId: 'gateway-2', iotEdge: true, parent: 'gateway-1' }]);
        for (const below of ['leaf', 'gateway-2']) {
            const tab = await open(world.browser, world.hub, `#/devices/${below}`);
            await tab.click('#parent-device >> text=gateway-1');
            await tab.waitForSelector('#identity-title:text("gateway-1")');
            assert.equal(await tab.locator('#parent-device').count(), 0);
            assert.deepEqual(tab.faults, []);
        }
    });
};
