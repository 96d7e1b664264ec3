'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const { test } = require('node:test');
const { open } = require('../support/browser');
const { until } = require('../support/until');

const file = (text) => ({ name: 'fleet.json', mimeType: 'application/json', buffer: Buffer.from(text) });
const fleet = (devices) => file(JSON.stringify({ devices }));
const named = (name, count) => Array.from({ length: count }, (_, i) => ({ deviceId: `${name}-${i}` }));

// Lets each such request wait until it is let go on.
async function hold(tab, pattern, method) {
    const waiting = [];
    await tab.route(pattern, (route) => {
        if (route.request().method() === method) {
            waiting.push(route);
        } else {
            route.continue();
        }
    });
    return {
        next: async () => {
            await until('a request', () => waiting.length > 0);
            await waiting.shift().continue();
        },
    };
}

module.exports = (world) => {
    const exists = async (id) => (await world.hub.manage(`/api/registry?device=${id}`)).status === 200;

    test('the registry is exported, page by page', async () => {
        await world.hub.seed([{ deviceId: 'exported', tags: { kept: true } }, ...named('exported', 600)]);
        const tab = await open(world.browser, world.hub, '#/hub');
        const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#registry-export')]);
        const { devices } = JSON.parse(fs.readFileSync(await download.path(), 'utf8'));
        const ids = devices.map((one) => one.deviceId);
        assert.deepEqual(ids, [...new Set(ids)].sort());
        assert.deepEqual(devices.find((one) => one.deviceId === 'exported').tags, { kept: true });
        assert.ok(ids.includes('exported-599'));
        await tab.waitForSelector(`#registry-outcome >> text=${ids.length} devices are exported`);
        assert.deepEqual(tab.faults, []);
    });

    test('an import shows how far it is, and how it ended', async () => {
        const tab = await open(world.browser, world.hub, '#/hub');
        const held = await hold(tab, '**/api/registry', 'POST');
        await tab.setInputFiles('#registry-import', fleet(named('brought', 450)));
        await held.next();
        await tab.waitForSelector('#registry-count:text("200 of 450")');
        assert.deepEqual(await tab.$eval('#registry-progress', (one) => [one.value, one.max]), [200, 450]);
        assert.equal(await tab.isDisabled('#registry-export'), true);
        await tab.click('#nav-devices');
        await tab.waitForSelector('#search');
        await tab.click('#nav-hub');
        await held.next();
        await tab.waitForSelector('#registry-count:text("400 of 450")');
        await held.next();
        await tab.waitForSelector('#registry-outcome:text("fleet.json: 450 of 450 devices are imported.")');
        assert.equal(await tab.locator('#registry-progress').count(), 0);
        assert.equal(await exists('brought-449'), true);
        await tab.click('#registry-close');
        assert.equal(await tab.textContent('#registry-outcome'), '');
        assert.deepEqual(tab.faults, []);
    });

    test('an import is cancelled between its parts', async () => {
        const tab = await open(world.browser, world.hub, '#/hub');
        const held = await hold(tab, '**/api/registry', 'POST');
        await tab.setInputFiles('#registry-import', fleet(named('half', 450)));
        await tab.click('#registry-cancel');
        await held.next();
        await tab.waitForSelector('#registry-outcome:text("Cancelled. fleet.json: 200 of 450 devices are imported.")');
        assert.equal(await exists('half-199'), true);
        assert.equal(await exists('half-200'), false);
        assert.deepEqual(tab.faults, []);
    });

    test('an import says which devices were refused, and imports the others', async () => {
        const tab = await open(world.browser, world.hub, '#/hub', { mayFail: true });
        await tab.setInputFiles('#registry-import', fleet([{ deviceId: 'child', parent: 'parent' }, { deviceId: 'no id' },
            { deviceId: 'good' }, { tags: {} }, { deviceId: 'parent', iotEdge: true }]));
        await tab.waitForSelector('#registry-outcome:text("fleet.json: 3 of 5 devices are imported.")');
        await tab.click('#registry-failures summary');
        const failures = await tab.locator('#registry-failures li').allTextContents();
        assert.equal(failures.length, 2);
        assert.match(failures[0], /^Device 2 \(no id\): "devices\[1\]" is refused: The device id is not valid/);
        assert.match(failures[1], /^Device 4 \(without an id\): "devices\[3\]\.deviceId"/);
        assert.equal(await exists('child'), true);
        assert.deepEqual(tab.faults, []);
    });

    for (const [what, text, told] of [
        ['no JSON', '{ "devices": [ }', 'Line 1, column 16'],
        ['no registry', '{"device":[]}', 'It must be a JSON object with "devices".'],
        ['more than a registry', '{"devices":[],"policies":[]}', '"policies" cannot be imported'],
    ]) {
        test(`a file that is ${what} is refused`, async () => {
            const tab = await open(world.browser, world.hub, '#/hub');
            await tab.setInputFiles('#registry-import', file(text));
            await tab.waitForSelector(`#registry-failure >> text=${told}`);
            assert.deepEqual(tab.faults, []);
        });
    }
};
