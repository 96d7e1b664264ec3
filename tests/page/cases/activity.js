'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open, picture } = require('../support/browser');
const { send } = require('../support/device');
const { Module } = require('../support/module');

module.exports = (world) => {
    test('a refusal shows the reason that SDKs hide, and no key', async () => {
        await world.hub.seed([{ deviceId: 'wrong-key' }]);
        const tab = await open(world.browser, world.hub, '#/activity');
        const key = Buffer.alloc(32, 7).toString('base64');
        assert.equal(await send(world.hub, 'wrong-key', 'x', { key }), 401);
        await tab.waitForSelector('#refusals tr:has-text("wrong-key")');
        await tab.waitForSelector('#activity tr:has-text("wrong-key")');
        await picture(tab, 'activity');
        assert.ok(!(await tab.content()).includes(key));
        assert.deepEqual(tab.faults, []);
    });

    test('connections and twin changes appear by themselves', async () => {
        await world.hub.seed([{ deviceId: 'active', modules: [{ moduleId: 'm' }] }]);
        const tab = await open(world.browser, world.hub, '#/activity');
        await tab.waitForSelector('#activity');
        const module = new Module(world.hub, await world.hub.connectionStringOf('active', 'm'));
        await module.says('Waiting for Events');
        await tab.fill('#activity-filter', 'active/m');
        await tab.waitForSelector('#activity tr:has-text("connected (mqtt)")');
        await tab.waitForSelector('#activity tr:has-text("reported properties were changed")');
        await module.stop();
        assert.deepEqual(tab.faults, []);
    });
};
