'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open, picture } = require('../support/browser');
const { send } = require('../support/device');

const json = { 'iothub-contenttype': 'application/json', 'iothub-app-alert': 'high' };

module.exports = (world) => {
    test('telemetry appears by itself, with properties and a plot of its numbers', async () => {
        await world.hub.seed([{ deviceId: 'sensor' }]);
        const tab = await open(world.browser, world.hub, '#/telemetry');
        await tab.waitForSelector('#telemetry-state.on');
        await tab.fill('#telemetry-filter', 'sensor');
        for (const temperature of [20, 22, 21, 24]) {
            assert.equal(await send(world.hub, 'sensor', JSON.stringify({ temperature }), { headers: json }), 204);
        }
        await tab.waitForFunction(() => document.querySelectorAll('#events tbody tr').length === 4);
        await tab.waitForSelector('#plots [data-field=temperature] >> text=24');
        await tab.click('#events tbody tr >> nth=0 >> button');
        assert.deepEqual(JSON.parse(await tab.textContent('#event-body')), { temperature: 24 });
        assert.match(await tab.textContent('#event-details'), /alert.*high/);
        await picture(tab, 'telemetry');
        await tab.check('#event-hex');
        assert.match(await tab.textContent('#event-body'), /^0000 {2}7b 22 74/);
        assert.deepEqual(tab.faults, []);
    });

    test('while paused nothing moves, and nothing is missed', async () => {
        await world.hub.seed([{ deviceId: 'paused' }]);
        const tab = await open(world.browser, world.hub, '#/devices/paused?tab=telemetry');
        await tab.waitForSelector('#telemetry-state.on');
        await tab.click('#telemetry-pause');
        await send(world.hub, 'paused', 'held back');
        await tab.waitForSelector('#telemetry-pause >> text=(1)');
        assert.equal(await tab.locator('#events').count(), 0);
        await tab.click('#telemetry-pause');
        await tab.waitForSelector('#events >> text=held back');
        assert.deepEqual(tab.faults, []);
    });

    test('a filter, and bytes that are no text', async () => {
        await world.hub.seed([{ deviceId: 'bytes' }, { deviceId: 'text' }]);
        const tab = await open(world.browser, world.hub, '#/telemetry');
        await tab.waitForSelector('#telemetry-state.on');
        await send(world.hub, 'bytes', Buffer.from([0xff, 0x00]));
        await send(world.hub, 'text', 'plain');
        await tab.waitForSelector('#events >> text=plain');
        await tab.fill('#telemetry-filter', '"bytes"');
        await tab.waitForFunction(() => document.querySelectorAll('#events tbody tr').length === 1);
        await tab.click('#events tbody button');
        assert.match(await tab.textContent('#event-body'), /^0000 {2}ff 00/);
        assert.deepEqual(tab.faults, []);
    });

    test('what came before the view was opened is there, and what comes then', async () => {
        await world.hub.seed([{ deviceId: 'early', modules: [{ moduleId: 'm' }] }]);
        for (const body of ['first', 'second']) {
            await send(world.hub, 'early', body);
        }
        const tab = await open(world.browser, world.hub, '#/devices/early?tab=telemetry');
        await tab.waitForSelector('#events tbody tr >> nth=1 >> text=first');
        await send(world.hub, 'early', 'third');
        await tab.waitForSelector('#events tbody tr >> nth=0 >> text=third');
        assert.equal(await tab.locator('#events tbody tr').count(), 3);
        assert.deepEqual(tab.faults, []);
    });
};
