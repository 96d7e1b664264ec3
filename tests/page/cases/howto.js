'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open, picture } = require('../support/browser');
const { Module } = require('../support/module');

module.exports = (world) => {
    test('from nothing to a module that is connected with the copied string', async () => {
        const tab = await open(world.browser, world.hub);
        await tab.click('#new-device');
        await tab.fill('#create-id', 'myFirstDevice');
        await tab.click('#create-dialog-accept');
        await tab.click('#tab-modules');
        await tab.click('#new-module');
        await tab.fill('#create-id', 'myFirstModule');
        await tab.click('#create-dialog-accept');
        await tab.waitForSelector('#identity-title:text("myFirstModule")');
        await tab.click('#nav-devices');
        await tab.click('#devices >> text=myFirstDevice');
        await tab.click('#tab-modules');
        await tab.click('#modules >> text=myFirstModule');
        await tab.waitForSelector('section[aria-label="Module Identity Details"]');
        await tab.click('#primary-connection-string-copy');
        const copied = await tab.evaluate(() => navigator.clipboard.readText());
        assert.equal(copied, await world.hub.connectionStringOf('myFirstDevice', 'myFirstModule'));

        const module = new Module(world.hub, copied);
        await module.says('Waiting for Events');
        await tab.waitForSelector('#connection-state.on');
        await picture(tab, 'identity');
        assert.equal(await module.stop(), 0);
        await tab.waitForSelector('#connection-state:text("Disconnected")');
        assert.deepEqual(tab.faults, []);
    });

    test('keys are masked until they are asked for, in each form of the host', async () => {
        await world.hub.seed([{ deviceId: 'masked' }]);
        const tab = await open(world.browser, world.hub, '#/devices/masked');
        const field = '#primary-connection-string';
        await tab.waitForSelector(field);
        assert.doesNotMatch(await tab.content(), /SharedAccessKey=(?!•)/);
        assert.match(await tab.inputValue(field), /^•+$/);
        await tab.click(`${field}-show`);
        assert.match(await tab.inputValue(field), /^HostName=localhost(:\d+)?;DeviceId=masked;SharedAccessKey=/);
        await tab.click('label:has-text("127.0.0.1")');
        assert.match(await tab.inputValue(field), /^HostName=127\.0\.0\.1/);
        await tab.click('label:has-text("gateway")');
        assert.match(await tab.inputValue(field), /;GatewayHostName=localhost$/);
        await tab.click(`${field}-show`);
        assert.match(await tab.inputValue(field), /^•+$/);
        assert.deepEqual(tab.faults, []);
    });
};
