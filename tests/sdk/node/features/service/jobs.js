// Jobs: scheduled ones, export and import.
'use strict';
const assert = require('node:assert/strict');
const { answering } = require('../../support/methods');
const { subscribed } = require('../../support/subscribed');
const { until } = require('../../support/until');
const { echo } = require('./twins');

const HOUR = 3_600_000;

function updateTwins(backEnd, id, condition, start = new Date()) {
    return backEnd.jobs.scheduleTwinUpdate(id, condition,
        { etag: '*', tags: { touched: id }, properties: { desired: { interval: 9 } } }, start, 60);
}

const job = async (backEnd, id) => (await backEnd.jobs.getJob(id)).jobStatus;

function finished(backEnd, id) {
    return until(`${id} is completed`, async () => {
        const now = await job(backEnd, id);
        assert.notEqual(now.status, 'failed', now.failureReason);
        return now.status === 'completed' && now;
    });
}

async function twinUpdate(backEnd) {
    const devices = [await backEnd.device('a'), await backEnd.device('b')];
    const among = devices.map(({ deviceId }) => `'${deviceId}'`).join(', ');
    await updateTwins(backEnd, 'twin-update-1', `deviceId IN [${among}]`);
    const { type, deviceJobStatistics } = await finished(backEnd, 'twin-update-1');
    assert.deepEqual([type, deviceJobStatistics.succeededCount], ['scheduleUpdateTwin', 2]);
    for (const name of ['a', 'b']) {
        const { tags, properties } = await backEnd.twin(name);
        assert.deepEqual([tags.touched, properties.desired.interval], ['twin-update-1', 9]);
    }
    await assert.rejects(updateTwins(backEnd, 'twin-update-1', '*'), (error) => /409|exists/i.test(
        `${error.name} ${error.message} ${error.response?.statusCode}`));
}

async function method(backEnd) {
    const online = await backEnd.device('on');
    const offline = await backEnd.device('off');
    const client = await backEnd.connected(online);
    answering(client, 'blink', echo);
    await subscribed(client);
    await backEnd.jobs.scheduleDeviceMethod('method-1',
        `deviceId IN ['${online.deviceId}', '${offline.deviceId}']`,
        { methodName: 'blink', payload: { times: 1 }, responseTimeoutInSeconds: 15 }, new Date(), 60);
    const { succeededCount, failedCount } = (await finished(backEnd, 'method-1')).deviceJobStatistics;
    assert.deepEqual([succeededCount, failedCount], [1, 1]);
}

async function rowsOfJob(backEnd) {
    const { deviceId } = await backEnd.device('d');
    await updateTwins(backEnd, 'rows-1', `deviceId = '${deviceId}'`);
    await finished(backEnd, 'rows-1');
    const rows = await backEnd.rows("SELECT * FROM devices.jobs WHERE devices.jobs.jobId = 'rows-1'");
    assert.deepEqual(rows.map((row) => [row.deviceId, row.jobType, row.status]),
        [[deviceId, 'scheduleUpdateTwin', 'completed']]);
}

async function listing(backEnd) {
    await updateTwins(backEnd, 'later-1', '*', new Date(Date.now() + HOUR));
    await until('later-1 is scheduled', async () => (await job(backEnd, 'later-1')).status === 'scheduled');
    const query = backEnd.jobs.createQuery('scheduleUpdateTwin', 'scheduled', 1);
    const seen = [];
    while (query.hasMoreResults) {
        seen.push(...(await query.next(query.continuationToken)).result);
    }
    assert.deepEqual(seen.map(({ jobId }) => jobId), ['later-1']);
    await backEnd.jobs.cancelJob('later-1');
    assert.equal((await job(backEnd, 'later-1')).status, 'cancelled');
}

async function transferred(backEnd, started) {
    const { jobId } = JSON.parse(JSON.stringify((await started).responseBody ?? await started));
    const end = await until('the transfer is completed', async () => {
        const answer = await backEnd.registry.getJob(jobId);
        const now = answer.responseBody ?? answer;
        assert.notEqual(now.status, 'failed', now.failureReason);
        return now.status === 'completed' && now;
    });
    assert.equal(end.progress, 100);
}

function linesOf(backEnd, blob, container) {
    return backEnd.hub.blobStorage.blob(blob, container).toString().split('\n')
        .filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}

async function exportDevices(backEnd) {
    const { deviceId, authentication } = await backEnd.device('d');
    const uri = backEnd.hub.blobStorage.containerUri('export');
    for (const withoutKeys of [false, true]) {
        await transferred(backEnd, backEnd.registry.exportDevicesToBlob(uri, withoutKeys));
        const line = linesOf(backEnd, 'devices.txt', 'export').find(({ id }) => id === deviceId);
        assert.equal(line.authentication.symmetricKey.primaryKey,
            withoutKeys ? null : authentication.symmetricKey.primaryKey);
    }
}

async function importDevices(backEnd) {
    await backEnd.device('old');
    const line = (name) => JSON.stringify(
        { id: backEnd.id(name), importMode: 'create', status: 'enabled' });
    const { blobStorage } = backEnd.hub;
    blobStorage.putBlob('devices.txt', Buffer.from(`${line('new')}\n${line('old')}\n`), 'import');
    const uri = blobStorage.containerUri('import');
    await transferred(backEnd, backEnd.registry.importDevicesFromBlob(uri, uri));
    await backEnd.registry.get(backEnd.id('new'));
    assert.deepEqual(linesOf(backEnd, 'importErrors.log', 'import')
        .map(({ deviceId, errorCode }) => [deviceId, errorCode]), [[backEnd.id('old'), 409001]]);
}

module.exports = { twinUpdate, method, rowsOfJob, listing, exportDevices, importDevices };
