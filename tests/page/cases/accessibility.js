'use strict';
const assert = require('node:assert');
const { test } = require('node:test');
const axe = require('axe-core');
const { open } = require('../support/browser');
const { send } = require('../support/device');

const json = { 'iothub-contenttype': 'application/json' };

// [what, address, what one does there]
const states = [
    ['devices', '#/devices', async (tab) => tab.fill('#search', 'axe').then(() => tab.waitForSelector('#module-matches'))],
    ['a mistake in the search', '#/devices', async (tab) => tab.fill('#search', 'a = = 1').then(() => tab.waitForSelector('.failure'))],
    ['rows of a query', '#/devices', async (tab) => tab.fill('#search', 'SELECT COUNT() FROM devices').then(() => tab.waitForSelector('#query-rows'))],
    ['a new device', '#/devices', async (tab) => {
        await tab.click('#new-device');
        await tab.selectOption('#create-authentication', 'selfSigned');
    }],
    ['deletion', '#/devices', async (tab) => tab.click('#delete-matching').then(() => tab.waitForSelector('#delete-matching-dialog'))],
    ['details', '#/devices/axe', async (tab) => tab.waitForSelector('#snippet')],
    ['new keys', '#/devices/axe', async (tab) => tab.click('#regenerate-primary')],
    ['twin', '#/devices/axe?tab=twin', async (tab) => tab.waitForSelector('#twin-tags')],
    ['twin, edited', '#/devices/axe?tab=twin', async (tab) => {
        await tab.click('#edit-tags');
        await tab.fill('#editor-tags', '{');
        await tab.click('#editor-tags-save');
        await tab.waitForSelector('#twin-tags-failure .failure');
    }],
    ['modules', '#/devices/axe?tab=modules', async (tab) => tab.waitForSelector('#modules')],
    ['a module', '#/devices/axe/modules/axe-m', async (tab) => tab.waitForSelector('#snippet')],
    ['try it', '#/devices/axe?tab=try', async (tab) => tab.waitForSelector('#queue-length')],
    ['telemetry', '#/devices/axe?tab=telemetry', async (tab) => tab.click('#events button').then(() => tab.waitForSelector('#plots'))],
    ['activity', '#/activity', async (tab) => tab.waitForSelector('#refusals').then(() => tab.waitForSelector('#activity td'))],
    ['jobs', '#/jobs', async (tab) => tab.waitForSelector('#jobs, #no-jobs')],
    ['hub', '#/hub', async (tab) => tab.waitForSelector('#policy-service').then(() => tab.waitForSelector('.sparkline'))],
    ['an import that failed in part', '#/hub', async (tab) => {
        await tab.setInputFiles('#registry-import', { name: 'a.json', mimeType: 'application/json',
            buffer: Buffer.from('{"devices":[{"deviceId":"no id"}]}') });
        await tab.click('#registry-failures summary');
    }],
];

async function violations(tab) {
    await tab.evaluate(axe.source);
    const found = await tab.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join('\n    ')}`);
}

module.exports = (world) => {
    const seed = async () => {
        await world.hub.seed([{ deviceId: 'axe', tags: { a: { b: 1 } }, modules: [{ moduleId: 'axe-m' }] }]);
        await send(world.hub, 'axe', '{"t":1}', { headers: json });
        await send(world.hub, 'axe', '{"t":2}', { headers: json });
        await send(world.hub, 'axe', 'x', { key: Buffer.alloc(32).toString('base64') });
    };

    for (const colorScheme of ['light', 'dark']) {
        test(`${colorScheme}: axe finds nothing in any view`, { timeout: 120_000 }, async () => {
            await seed();
            for (const [what, address, act] of states) {
                const tab = await open(world.browser, world.hub, address, { colorScheme, mayFail: true });
                await act(tab);
                assert.deepEqual(await violations(tab), [], what);
                assert.deepEqual(tab.faults, [], what);
                await tab.context().close();
            }
        });
    }

    test('controls have names, views their parts', async () => {
        await seed();
        const tab = await open(world.browser, world.hub);
        for (const [address, ...expected] of [
            ['#/devices', 'heading "Devices" [level=2]', 'searchbox "Search devices"', 'button "New device"',
                'columnheader "Device ID"', 'checkbox "Choose all of this page"', 'button "Delete all that match"', 'status: Page 1'],
            ['#/devices/axe', 'region "Device Identity Details"', 'textbox "Primary key"', 'button "Show Primary key"',
                'button "Copy Connection string (primary key)"', 'group "Host in the connection strings"', 'radio "localhost" [checked]',
                'checkbox "Enable connection to IoT Hub" [checked]', 'combobox "SDK"', 'button "Copy program"'],
            ['#/devices/axe?tab=twin', 'region "Tags"', 'button "Edit Tags"', 'region "Desired properties"',
                'button "Edit Desired properties"', 'region "Reported properties"'],
            ['#/devices/axe?tab=try', 'region "Direct method"', 'textbox "Method name"', 'textbox "Payload (JSON)"',
                'spinbutton "Seconds to wait for the answer"', 'button "Invoke method"', 'combobox "Feedback"'],
            ['#/telemetry', 'searchbox "Show only events with these words"', 'button "Pause"', 'status: live'],
            ['#/activity', 'region "Refused connections"', 'combobox "Level"', 'region "Lines"'],
            ['#/hub', 'status: healthy', 'img "Messages: ', 'textbox "Policy iothubowner"', 'link "Download ca.pem"',
                'button "Export"', 'combobox "Tier"'],
        ]) {
            await tab.goto(`${world.hub.page}/${address}`);
            let tree = '';
            for (const end = Date.now() + 10_000; Date.now() < end && !expected.every((one) => tree.includes(one));) {
                tree = await tab.locator('main').ariaSnapshot();
            }
            for (const one of expected) {
                assert.ok(tree.includes(one), `${address}: no ${one} in\n${tree}`);
            }
        }
        assert.deepEqual(tab.faults, []);
    });

    test('answers, reasons and changes are read out', async () => {
        await seed();
        const tab = await open(world.browser, world.hub, '#/devices/axe?tab=try', { mayFail: true });
        await tab.fill('#method-name', 'm');
        await tab.click('#method-call');
        await tab.getByRole('alert').filter({ hasText: "isn't online" }).waitFor();
        await tab.fill('#message-body', 'x');
        await tab.click('#message-send');
        await tab.getByRole('status').filter({ hasText: 'is queued' }).waitFor();
        await tab.click('#tab-details');
        await tab.click('#primary-key-copy');
        await tab.getByRole('status').filter({ hasText: 'Primary key is copied' }).waitFor();
        await tab.click('#tab-twin');
        await tab.click('#edit-tags');
        await tab.fill('#editor-tags', '{ "a": 2 }');
        await tab.click('#editor-tags-save');
        await tab.getByRole('status').filter({ hasText: 'Tags: a changed' }).waitFor({ state: 'attached' });
        await tab.goto(`${world.hub.page}/#/devices`);
        await tab.fill('#search', 'a = = 1');
        await tab.getByRole('alert').filter({ hasText: 'at character 5' }).waitFor();
        await tab.goto(`${world.hub.page}/#/hub`);
        await tab.setInputFiles('#registry-import', { name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('[]') });
        await tab.getByRole('alert').filter({ hasText: 'It must be a JSON object' }).waitFor();
        assert.deepEqual(tab.faults, []);
    });
};
