'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const { test } = require('node:test');
const { open, picture } = require('../support/browser');
const { send } = require('../support/device');
const { until } = require('../support/until');

module.exports = (world) => {
    test('state, addresses, counters and strings', async () => {
        const tab = await open(world.browser, world.hub, '#/hub');
        await tab.waitForSelector('#health:text("healthy")');
        assert.match(await tab.textContent('#version'), /iothub-emulator \d/);
        await tab.click('#policy-iothubowner-show');
        assert.equal(await tab.inputValue('#policy-iothubowner'), world.hub.connectionString);
        await world.hub.seed([{ deviceId: 'counted' }]);
        const count = () => tab.textContent('#counter-messages-total b').then((text) => Number(text.replace(',', '')));
        const before = await count();
        assert.equal(await send(world.hub, 'counted', 'one more'), 204);
        await until('the counter moves', async () => await count() > before);
        await tab.waitForFunction(() => document.querySelector('#counter-messages-total polyline')
            .getAttribute('points').split(' ').length > 2);
        await picture(tab, 'hub');
        assert.deepEqual(tab.faults, []);
    });

    test('the certificate that is downloaded is the one to trust', async () => {
        const tab = await open(world.browser, world.hub, '#/hub');
        const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('#ca-download')]);
        assert.equal(fs.readFileSync(await download.path(), 'utf8'), fs.readFileSync(world.hub.caFile, 'utf8'));
    });

    test('limits of a tier are chosen', async () => {
        const tab = await open(world.browser, world.hub, '#/hub');
        await tab.selectOption('#limits', 'S1');
        await tab.waitForSelector('text=of 400,000 messages today');
        await tab.selectOption('#limits', 'off');
        await tab.waitForSelector('text=of 400,000 messages today', { state: 'detached' });
        assert.deepEqual(tab.faults, []);
    });

    test('jobs show how far they are', async () => {
        await world.hub.seed([{ deviceId: 'worked' }]);
        await world.hub.manage('/api/service/jobs/v2/page-job?api-version=2021-04-12', {
            method: 'PUT', headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ jobId: 'page-job', type: 'scheduleUpdateTwin',
                queryCondition: "deviceId = 'worked'", updateTwin: { etag: '*', tags: { done: true } },
                startTime: new Date().toISOString(), maxExecutionTimeInSeconds: 60 }),
        });
        const tab = await open(world.browser, world.hub, '#/jobs');
        await tab.waitForSelector('[data-job=page-job] >> text=completed');
        await tab.waitForSelector('[data-job=page-job] >> text=1 of 1');
        assert.deepEqual(tab.faults, []);
    });
};
