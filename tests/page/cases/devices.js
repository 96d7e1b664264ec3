'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open, picture } = require('../support/browser');
const { Device } = require('../support/mqtt_device');

module.exports = (world) => {
    test('search: the beginning of an id, a condition, a whole query', async () => {
        await world.hub.seed(['north', 'south', 'north'].map((house, i) => (
            { deviceId: `fan-${i + 1}`, tags: { house } })));
        const tab = await open(world.browser, world.hub);
        const rows = tab.locator('#devices tbody tr');
        await tab.fill('#search', 'fan-');
        await tab.waitForFunction(() => document.querySelectorAll('#devices tbody tr').length === 3);
        await picture(tab, 'devices');
        await tab.fill('#search', "tags.house = 'north'");
        await tab.waitForFunction(() => document.querySelectorAll('#devices tbody tr').length === 2);
        assert.deepEqual(await rows.locator('a').allTextContents(), ['fan-1', 'fan-3']);
        await tab.fill('#search', "SELECT COUNT() AS n FROM devices WHERE STARTSWITH(deviceId, 'fan-')");
        await tab.waitForSelector('#query-rows');
        assert.deepEqual(JSON.parse(await tab.textContent('#query-rows')), [{ n: 3 }]);
        assert.deepEqual(tab.faults, []);
    });

    test('search: a mistake is told with its place in what was typed', async () => {
        const tab = await open(world.browser, world.hub, '#/devices', { mayFail: true });
        await tab.fill('#search', 'tags.x = = 3');
        await tab.waitForSelector('#failure >> text=at character 10');
        assert.equal(await tab.$eval('#search', (field) => field.selectionStart), 9);
        assert.deepEqual(tab.faults, []);
    });

    test('a device is disabled and enabled again', async () => {
        await world.hub.seed([{ deviceId: 'switched' }]);
        const tab = await open(world.browser, world.hub);
        await tab.fill('#search', 'switched');
        await tab.click('[aria-label="Disable switched"]');
        await tab.click('[aria-label="Enable switched"]');
        await tab.waitForSelector('[aria-label="Disable switched"]');
        assert.deepEqual(tab.faults, []);
    });

    test('a device that is there already cannot be made', async () => {
        await world.hub.seed([{ deviceId: 'twice' }]);
        const tab = await open(world.browser, world.hub, '#/devices', { mayFail: true });
        await tab.click('#new-device');
        await tab.fill('#create-id', 'twice');
        await tab.click('#create-dialog-accept');
        await tab.waitForSelector('#create-failure .failure');
        assert.deepEqual(tab.faults, []);
    });

    test('deleting asks first, and deletes what was chosen', async () => {
        await world.hub.seed([{ deviceId: 'gone-1' }, { deviceId: 'gone-2' }, { deviceId: 'gone-3' }]);
        const tab = await open(world.browser, world.hub);
        await tab.fill('#search', 'gone-');
        await tab.check('[aria-label="Choose gone-1"]');
        await tab.check('[aria-label="Choose gone-3"]');
        await tab.click('#delete-chosen');
        await tab.click('#delete-dialog-cancel');
        await tab.click('#delete-chosen');
        await tab.click('#delete-dialog-accept');
        await tab.waitForFunction(() => document.querySelectorAll('#devices tbody tr').length === 1);
        assert.equal(await tab.textContent('#devices tbody a'), 'gone-2');
        assert.deepEqual(tab.faults, []);
    });

    test('a search during a deletion is what is shown after it', async () => {
        await world.hub.seed([{ deviceId: 'a-late-1' }, { deviceId: 'a-late-2' }, { deviceId: 'a-stays' }]);
        const tab = await open(world.browser, world.hub);
        await tab.route('**/api/service/devices?*', async (route) => {
            await new Promise((resolve) => setTimeout(resolve, 1000));
            await route.continue();
        });
        await tab.check('[aria-label="Choose a-late-1"]');
        await tab.click('#delete-chosen');
        await tab.click('#delete-dialog-accept');
        await tab.fill('#search', 'a-late');
        await tab.waitForFunction(() => document.querySelectorAll('#devices tbody tr').length === 1);
        assert.equal(await tab.textContent('#devices tbody a'), 'a-late-2');
        await tab.waitForSelector('#delete-outcome:text("1 of 1 devices are deleted.")');
        await tab.waitForTimeout(500);
        assert.equal(await tab.textContent('#devices tbody a'), 'a-late-2');
        assert.deepEqual(tab.faults, []);
    });

    test('a module is found by the beginning of its id', async () => {
        await world.hub.seed([{ deviceId: 'house', modules: [{ moduleId: 'zz-camera' }, { moduleId: 'zz-door' },
            { moduleId: 'other' }] }]);
        const tab = await open(world.browser, world.hub);
        await tab.fill('#search', 'zz-');
        await tab.waitForFunction(() => document.querySelectorAll('#module-matches tbody tr').length === 2);
        await tab.waitForSelector('#no-devices');
        await tab.click('#module-matches >> text=zz-camera');
        await tab.waitForSelector('#identity-title:text("zz-camera")');
        assert.deepEqual(tab.faults, []);
    });

    test('of those shown it is told how they are connected, whatever their ids', async () => {
        await world.hub.seed([{ deviceId: "odd'#?id", modules: [] }, { deviceId: 'odd-2' }]);
        const device = new Device(world.hub, await world.hub.connectionStringOf("odd'#?id"));
        await device.connect();
        const asked = [];
        const tab = await open(world.browser, world.hub);
        tab.on('request', (request) => asked.push(request.url()));
        await tab.fill('#search', 'odd');
        await tab.waitForSelector('#devices tr:has-text("odd\'#?id") >> text=Connected · mqtt');
        await tab.waitForSelector('#devices tr:has-text("odd-2") >> text=Disconnected');
        const addresses = asked.filter((one) => one.includes('/api/connections'));
        assert.ok(addresses.every((one) => one.includes('device=')), addresses.join());
        device.close();
        assert.deepEqual(tab.faults, []);
    });
};
