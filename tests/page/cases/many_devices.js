'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open } = require('../support/browser');

const all = 100_000;

module.exports = (world) => {
    test('100,000 devices: pages and search', { timeout: 300_000 }, async () => {
        const name = (i) => `many-${String(i).padStart(6, '0')}`;
        for (let i = 0; i < all; i += 10_000) {
            await world.hub.seed(Array.from({ length: 10_000 }, (_, j) => ({ deviceId: name(i + j) })));
        }
        const tab = await open(world.browser, world.hub);
        await tab.fill('#search', 'many-');
        await tab.waitForSelector(`#devices >> text=${name(0)}`);
        await tab.click('#page-next');
        await tab.waitForSelector(`#devices >> text=${name(50)}`);
        await tab.click('#page-back');
        await tab.waitForSelector(`#devices >> text=${name(0)}`);
        await tab.fill('#search', name(99_999));
        await tab.waitForSelector(`#devices >> text=${name(99_999)}`);
        assert.equal(await tab.locator('#devices tbody tr').count(), 1);
        await tab.fill('#search', "SELECT COUNT() AS n FROM devices WHERE STARTSWITH(deviceId, 'many-')");
        await tab.waitForSelector('#query-rows', { timeout: 60_000 });
        assert.deepEqual(JSON.parse(await tab.textContent('#query-rows')), [{ n: all }]);
        assert.deepEqual(tab.faults, []);
    });
};
