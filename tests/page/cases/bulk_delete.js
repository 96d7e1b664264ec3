'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open } = require('../support/browser');

const named = (name, count) => Array.from({ length: count }, (_, i) => ({ deviceId: `${name}-${i}` }));

module.exports = (world) => {
    const left = async (name) => JSON.parse((await world.hub.manage('/api/service/devices/query?api-version=2021-04-12', {
        method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: `SELECT COUNT() AS n FROM devices WHERE STARTSWITH(deviceId, '${name}')` }),
    })).body)[0].n;

    // Opens the confirmation for what is typed into the search.
    async function search(tab, text) {
        await tab.fill('#search', text);
        await tab.keyboard.press('Enter');
        await tab.waitForSelector(`#devices >> text=${text}`);
        await tab.click('#delete-matching');
        await tab.waitForSelector('#delete-matching-dialog[open]');
    }

    // Confirms it, too.
    async function deleteAll(tab, text, count) {
        await search(tab, text);
        await tab.fill('#delete-matching-count', String(count));
        await tab.click('#delete-matching-dialog-accept');
    }

    test('all that match are deleted, on every page; of many the number is typed', async () => {
        await world.hub.seed([...named('crowd', 250), { deviceId: 'crow' }]);
        const tab = await open(world.browser, world.hub);
        await search(tab, 'crowd');
        assert.match(await tab.textContent('#delete-matching-dialog h2'), /Delete 250 devices\?/);
        assert.equal(await tab.isDisabled('#delete-matching-dialog-accept'), true);
        await tab.fill('#delete-matching-count', '25');
        assert.equal(await tab.isDisabled('#delete-matching-dialog-accept'), true);
        await tab.fill('#delete-matching-count', '250');
        await tab.keyboard.press('Enter');
        await tab.waitForSelector('#delete-outcome:text("250 of 250 devices are deleted.")');
        await tab.waitForSelector('#no-devices');
        assert.equal(await left('crow'), 1);
        assert.deepEqual(tab.faults, []);
    });

    test('a few are deleted without typing, those of a condition', async () => {
        await world.hub.seed(['pink', 'pink', 'grey'].map((colour, i) => ({ deviceId: `hue-${i}`, tags: { colour } })));
        const tab = await open(world.browser, world.hub);
        await tab.fill('#search', "tags.colour = 'pink'");
        await tab.waitForFunction(() => document.querySelectorAll('#devices tbody tr').length === 2);
        await tab.click('#delete-matching');
        await tab.click('#delete-matching-dialog-cancel');
        assert.equal(await left('hue-'), 3);
        await tab.click('#delete-matching');
        await tab.click('#delete-matching-dialog-accept');
        await tab.waitForSelector('#delete-outcome:text("2 of 2 devices are deleted.")');
        assert.equal(await left('hue-'), 1);
        assert.deepEqual(tab.faults, []);
    });

    test('a deletion is cancelled between its parts', async () => {
        await world.hub.seed(named('spared', 250));
        const tab = await open(world.browser, world.hub);
        let goOn;
        const cancelled = new Promise((resolve) => { goOn = resolve; });
        await tab.route('**/api/service/devices?*', async (route) => {
            await cancelled;
            await route.continue();
        });
        await deleteAll(tab, 'spared', 250);
        await tab.waitForSelector('#delete-count:text("0 of 250")');
        await tab.click('#delete-cancel');
        goOn();
        await tab.waitForSelector('#delete-outcome:text("Cancelled. 100 of 250 devices are deleted.")');
        assert.equal(await left('spared'), 150);
        assert.deepEqual(tab.faults, []);
    });

    test('a deletion that ends early says how far it came', async () => {
        await world.hub.seed(named('halfway', 250));
        const tab = await open(world.browser, world.hub, '#/devices', { mayFail: true });
        let requests = 0;
        await tab.route('**/api/service/devices?*', (route) => (++requests > 1 ? route.abort() : route.continue()));
        await deleteAll(tab, 'halfway', 250);
        await tab.waitForSelector('#delete-outcome:text("It ended after 100 of 250.")');
        await tab.waitForSelector('#delete-failure');
        assert.equal(await left('halfway'), 150);
        assert.deepEqual(tab.faults, []);
    });

    test('a deletion that is throttled goes on, and can be cancelled', async () => {
        await world.hub.seed(named('slowly', 250));
        const tab = await open(world.browser, world.hub, '#/devices', { mayFail: true });
        let requests = 0;
        await tab.route('**/api/service/devices?*', (route) => (++requests === 2 || requests > 3
            ? route.fulfill({ status: 429, contentType: 'application/json', body: '{"Message":"too fast"}' }) : route.continue()));
        await deleteAll(tab, 'slowly', 250);
        await tab.waitForSelector('#delete-count:text("200 of 250")');
        await tab.click('#delete-cancel');
        await tab.waitForSelector('#delete-outcome:text("Cancelled. 200 of 250 devices are deleted.")');
        assert.equal(await left('slowly'), 50);
        assert.deepEqual(tab.faults, []);
    });

    test('what could not be deleted is told', async () => {
        await world.hub.seed(named('partly', 3));
        const tab = await open(world.browser, world.hub, '#/devices', { mayFail: true });
        await tab.fill('#search', 'partly-');
        await tab.waitForFunction(() => document.querySelectorAll('#devices tbody tr').length === 3);
        await tab.check('#choose-all');
        await tab.click('#delete-chosen');
        await world.hub.manage('/api/service/devices/partly-1?api-version=2021-04-12', { method: 'DELETE',
            headers: { 'Content-Type': 'application/json', 'If-Match': '*' } });
        await tab.click('#delete-dialog-accept');
        await tab.waitForSelector('#delete-outcome:text("2 of 3 devices are deleted.")');
        await tab.click('#delete-failures summary');
        assert.match(await tab.textContent('#delete-failures li'), /^partly-1: /);
        assert.deepEqual(tab.faults, []);
    });
};
