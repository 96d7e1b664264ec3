'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open, picture } = require('../support/browser');
const { Module } = require('../support/module');

module.exports = (world) => {
    test('an edit of desired properties reaches the module, and its report the page', async () => {
        await world.hub.seed([{ deviceId: 'twinned', modules: [{ moduleId: 'm' }] }]);
        const module = new Module(world.hub, await world.hub.connectionStringOf('twinned', 'm'));
        await module.says('Waiting for Events');
        const tab = await open(world.browser, world.hub, '#/devices/twinned/modules/m?tab=twin');
        await tab.click('#edit-desired');
        await tab.fill('#editor-desired', '{ "telemetry": { "interval": 5 } }');
        await tab.click('#editor-desired-save');
        await module.says('"interval":5');
        await tab.waitForSelector('#twin-desired .changed >> text=interval');
        assert.equal(await tab.textContent('#desired-author'), 'this page');
        await tab.waitForSelector('#twin-reported >> text=DateTimeLastDesiredPropertyChangeReceived');
        assert.equal(await tab.textContent('#reported-author'), 'module m');
        await picture(tab, 'twin');
        await module.stop();
        assert.deepEqual(tab.faults, []);
    });

    test('what is taken out of the text is removed, and tags are kept', async () => {
        await world.hub.seed([{ deviceId: 'pruned', tags: { a: 1, b: { c: 2, d: 3 } } }]);
        const tab = await open(world.browser, world.hub, '#/devices/pruned?tab=twin');
        await tab.click('#edit-tags');
        await tab.fill('#editor-tags', '{ "b": { "c": 2 } }');
        await tab.keyboard.press('Control+Enter');
        await tab.waitForSelector('#edit-tags');
        const { devices } = JSON.parse((await world.hub.manage('/api/registry?device=pruned')).body);
        assert.deepEqual(devices[0].tags, { b: { c: 2 } });
        assert.deepEqual(tab.faults, []);
    });

    test('a mistake in the text is told with its place, and nothing is sent', async () => {
        await world.hub.seed([{ deviceId: 'mistaken' }]);
        const tab = await open(world.browser, world.hub, '#/devices/mistaken?tab=twin');
        await tab.click('#edit-desired');
        await tab.fill('#editor-desired', '{\n  "a": 1,\n  "b": oops\n}');
        await tab.click('#editor-desired-save');
        await tab.waitForSelector('#twin-desired-failure >> text=Line 3, column 8');
        assert.equal(await tab.$eval('#editor-desired', (field) => field.value[field.selectionStart]), 'o');
        assert.equal(await tab.textContent('#desired-version'), '1');
        assert.deepEqual(tab.faults, []);
    });

    test('what the hub refuses is said beside the text', async () => {
        await world.hub.seed([{ deviceId: 'refused' }]);
        const tab = await open(world.browser, world.hub, '#/devices/refused?tab=twin', { mayFail: true });
        await tab.click('#edit-tags');
        await tab.fill('#editor-tags', '{ "a.b": 1 }');
        await tab.click('#editor-tags-save');
        await tab.waitForSelector('#twin-tags-failure .failure');
        assert.equal(await tab.inputValue('#editor-tags'), '{ "a.b": 1 }');
        assert.deepEqual(tab.faults, []);
    });

    test('Esc leaves an edit, and nothing is changed', async () => {
        await world.hub.seed([{ deviceId: 'left', desired: { kept: 1 } }]);
        const tab = await open(world.browser, world.hub, '#/devices/left?tab=twin');
        await tab.click('#edit-desired');
        await tab.fill('#editor-desired', '{ "kept": 2 }');
        await tab.keyboard.press('Escape');
        await tab.waitForSelector('#editor-desired', { state: 'detached' });
        assert.equal(await tab.textContent('#desired-version'), '2');
        assert.match(await tab.textContent('#twin-desired'), /kept: 1/);
        await tab.waitForFunction(() => document.activeElement.id === 'edit-desired');
        assert.deepEqual(tab.faults, []);
    });
};
