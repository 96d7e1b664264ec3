'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open } = require('../support/browser');

const focused = (tab) => tab.evaluate(() => document.activeElement.id);

// Tab, until the element with that id has the focus.
async function tabTo(tab, id) {
    for (let i = 0; i < 60; ++i) {
        await tab.keyboard.press('Tab');
        if (await focused(tab) === id) {
            return;
        }
    }
    assert.fail(`Tab does not come to #${id}`);
}

module.exports = (world) => {
    test('a device is made, found and deleted with the keyboard alone', async () => {
        const tab = await open(world.browser, world.hub);
        await tab.waitForSelector('#new-device');
        await tabTo(tab, 'new-device');
        await tab.keyboard.press('Enter');
        await tab.waitForSelector('#create-dialog[open]');
        assert.equal(await focused(tab), 'create-id');
        await tab.keyboard.type('typed');
        await tab.keyboard.press('Enter');
        await tab.waitForSelector('#identity-title:text("typed")');
        await tabTo(tab, 'nav-devices');
        await tab.keyboard.press('Enter');
        await tab.waitForSelector('#search');
        await tab.keyboard.press('/');
        assert.equal(await focused(tab), 'search');
        await tab.keyboard.type('typed');
        await tab.keyboard.press('Enter');
        await tab.waitForFunction(() => document.querySelectorAll('#devices tbody tr').length === 1);
        await tabTo(tab, 'choose-all');
        await tab.keyboard.press('Space');
        await tab.keyboard.press('Shift+Tab');
        assert.equal(await focused(tab), 'delete-chosen');
        await tab.keyboard.press('Enter');
        await tab.waitForSelector('#delete-dialog[open]');
        await tab.keyboard.press('Escape');
        await tab.waitForSelector('#delete-dialog', { state: 'detached' });
        assert.equal(await focused(tab), 'delete-chosen');
        await tab.keyboard.press('Enter');
        await tabTo(tab, 'delete-dialog-accept');
        await tab.keyboard.press('Enter');
        await tab.waitForSelector('#no-devices');
        assert.deepEqual(tab.faults, []);
    });

    test('the focus is seen, and the content is one step away', async () => {
        const tab = await open(world.browser, world.hub);
        await tab.waitForSelector('#new-device');
        await tab.keyboard.press('Tab');
        assert.equal(await tab.evaluate(() => document.activeElement.className), 'skip');
        await tab.keyboard.press('Enter');
        assert.equal(await focused(tab), 'main');
        await tab.keyboard.press('Tab');
        assert.equal(await focused(tab), 'search');
        assert.notEqual(await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
    });
};
