'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const { open, picture } = require('../support/browser');
const { Device } = require('../support/mqtt_device');

module.exports = (world) => {
    test('a method shows what the device answers', async () => {
        await world.hub.seed([{ deviceId: 'answering' }]);
        const device = new Device(world.hub, await world.hub.connectionStringOf('answering'),
            (name, payload) => (
                { status: 207, payload: JSON.stringify({ name, doubled: JSON.parse(payload).value * 2 }) }));
        await device.connect();
        const tab = await open(world.browser, world.hub, '#/devices/answering?tab=try');
        await tab.fill('#method-name', 'double');
        await tab.fill('#method-payload', '{ "value": 21 }');
        await tab.click('#method-call');
        await tab.waitForSelector('#method-status:text("207")');
        assert.deepEqual(JSON.parse(await tab.textContent('#method-answer')), { name: 'double', doubled: 42 });
        device.close();
        await tab.waitForSelector('#connection-state:text("Disconnected")');
        assert.deepEqual(tab.faults, []);
    });

    test('a method that nobody answers says why', async () => {
        await world.hub.seed([{ deviceId: 'silent' }]);
        const tab = await open(world.browser, world.hub, '#/devices/silent?tab=try', { mayFail: true });
        await tab.fill('#method-name', 'reboot');
        await tab.click('#method-call');
        await tab.waitForSelector("#method-failure >> text=isn't online");
        assert.deepEqual(tab.faults, []);
    });

    test('a payload that is no JSON is not sent', async () => {
        await world.hub.seed([{ deviceId: 'payload' }]);
        const tab = await open(world.browser, world.hub, '#/devices/payload?tab=try');
        await tab.fill('#method-name', 'reboot');
        await tab.fill('#method-payload', '{');
        await tab.click('#method-call');
        await tab.waitForSelector('#method-failure >> text=Payload: Line 1, column 2: the text ends');
        assert.deepEqual(tab.faults, []);
    });

    test('a message waits in the queue, and is purged', async () => {
        await world.hub.seed([{ deviceId: 'queued' }]);
        const tab = await open(world.browser, world.hub, '#/devices/queued?tab=try');
        await tab.fill('#message-body', 'hello');
        await tab.fill('#message-properties', 'colour=red');
        await tab.click('#message-send');
        await tab.waitForSelector('#queue-length >> text=1 waiting');
        await picture(tab, 'try-it');
        const queue = JSON.parse((await world.hub.manage('/api/messages?device=queued')).body);
        assert.equal(queue.messages[0].body, 'hello');
        assert.deepEqual(queue.messages[0].properties, { colour: 'red' });
        await tab.click('#purge-queue');
        await tab.waitForSelector('#queue-length >> text=0 waiting');
        assert.deepEqual(tab.faults, []);
    });
};
