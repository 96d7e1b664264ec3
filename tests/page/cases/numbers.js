// Numbers that JavaScript would write in other words are shown and sent as they are written.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const { test } = require('node:test');
const { open } = require('../support/browser');
const { send } = require('../support/device');
const { Device } = require('../support/mqtt_device');

const file = (text) => ({ name: 'fleet.json', mimeType: 'application/json', buffer: Buffer.from(text) });

module.exports = (world) => {
    const keptOf = async (id) => (await world.hub.manage(`/api/registry?device=${id}`)).body;

    test('numbers of an import, and of an export', async () => {
        const tab = await open(world.browser, world.hub, '#/hub');
        await tab.setInputFiles('#registry-import',
            file('{"devices":[{"deviceId":"exact","tags":{"far":1e+20,"whole":21.0}}]}'));
        await tab.waitForSelector('#registry-outcome >> text=1 of 1 devices are imported');
        assert.match(await keptOf('exact'), /"far":1e\+20,"whole":21\.0/);
        const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#registry-export')]);
        assert.match(fs.readFileSync(await download.path(), 'utf8'), /"far": 1e\+20,\s*"whole": 21\.0/);
        assert.deepEqual(tab.faults, []);
    });

    test('a number in the place of an id is told of as it is written', async () => {
        const tab = await open(world.browser, world.hub, '#/hub', { mayFail: true });
        await tab.setInputFiles('#registry-import', file('{"devices":[{"deviceId":12345678901234567890},{}]}'));
        await tab.waitForSelector('text=Device 1 (12345678901234567890): ', { state: 'attached' });
        await tab.waitForSelector('text=Device 2 (without an id): ', { state: 'attached' });
        await tab.waitForSelector('#registry-outcome >> text=0 of 2 devices are imported');
        assert.deepEqual(tab.faults, []);
    });

    test('numbers of a twin', async () => {
        await world.hub.seed([{ deviceId: 'exact-twin', tags: { a: 1 } }]);
        const tab = await open(world.browser, world.hub, '#/devices/exact-twin?tab=twin');
        await tab.click('#edit-tags');
        await tab.fill('#editor-tags', '{ "a": 1, "far": 1e+20, "whole": 21.0 }');
        await tab.keyboard.press('Control+Enter');
        await tab.waitForSelector('#twin-tags >> text=1e+20');
        await tab.waitForSelector('#twin-tags >> text=21.0');
        assert.match(await keptOf('exact-twin'), /"far":1e\+20,"whole":21\.0/);
        assert.deepEqual(tab.faults, []);
    });

    test('numbers of a query\'s rows, whatever their name', async () => {
        await world.hub.seed([{ deviceId: 'exact-row' }]);
        await world.hub.manage('/api/service/twins/exact-row?api-version=2021-04-12',
            { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{"tags":{"status":21.0}}' });
        const tab = await open(world.browser, world.hub);
        await tab.fill('#search', "SELECT deviceId, tags.status FROM devices WHERE deviceId = 'exact-row'");
        await tab.waitForSelector('#query-rows >> text="status": 21.0');
        assert.deepEqual(tab.faults, []);
    });

    test('numbers of a method and its answer', async () => {
        await world.hub.seed([{ deviceId: 'exact-method' }]);
        let heard = '';
        const device = new Device(world.hub, await world.hub.connectionStringOf('exact-method'),
            (name, payload) => {
                heard = payload;
                return { status: 200, payload: '{"serial":12345678901234567890}' };
            });
        await device.connect();
        const tab = await open(world.browser, world.hub, '#/devices/exact-method?tab=try');
        await tab.fill('#method-name', 'read');
        await tab.fill('#method-payload', '{ "from": 21.0 }');
        await tab.click('#method-call');
        await tab.waitForSelector('#method-answer >> text=12345678901234567890');
        assert.equal(heard, '{"from":21.0}');
        device.close();
        assert.deepEqual(tab.faults, []);
    });

    test('numbers of telemetry', async () => {
        await world.hub.seed([{ deviceId: 'exact-event' }]);
        const tab = await open(world.browser, world.hub, '#/devices/exact-event?tab=telemetry');
        await tab.waitForSelector('#telemetry-state.on');
        await send(world.hub, 'exact-event', '{"serial":12345678901234567890}');
        await tab.waitForSelector('#events >> text=serial');
        await tab.click('#events tbody tr >> nth=0 >> button');
        assert.match(await tab.textContent('#event-body'), /"serial": 12345678901234567890\n/);
        assert.deepEqual(tab.faults, []);
    });
};
