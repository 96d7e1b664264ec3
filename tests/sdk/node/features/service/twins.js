// Twins, methods and digital twins.
'use strict';
const assert = require('node:assert/strict');
const { answering, call } = require('../../support/methods');
const { subscribed } = require('../../support/subscribed');
const { until } = require('../../support/until');

const MODEL = 'dtmi:com:example:Thermostat;1';

async function twins(backEnd) {
    await backEnd.device('d');
    const old = await backEnd.twin('d');
    const changed = await backEnd.updateTwin('d',
        { tags: { site: { floor: 3 } }, properties: { desired: { interval: 5 } } }, old.etag);
    assert.deepEqual(changed.tags, { site: { floor: 3 } });
    const { interval, $version } = changed.properties.desired;
    assert.deepEqual([interval, $version], [5, 2]);
    const merged = await backEnd.updateTwin('d', { tags: { site: { floor: null, room: 1 } } });
    assert.deepEqual(merged.tags, { site: { room: 1 } });
    await assert.rejects(backEnd.updateTwin('d', { tags: { x: 1 } }, old.etag), { name: 'InvalidEtagError' });
}

const echo = (request, response) => response.send(200,
    { name: request.methodName, payload: request.payload });

async function methods(backEnd) {
    const [device, module] = [await backEnd.device('d'), await backEnd.module('d', 'm')];
    const service = backEnd.hub.service();
    await assert.rejects(service.invokeDeviceMethod(device.deviceId, call('blink', { connectTimeoutInSeconds: 0 })),
        (error) => /404103|Not found/i.test(`${error.responseBody} ${error.message}`));
    for (const identity of [device, module]) {
        answering(await backEnd.connected(identity), 'blink', echo);
    }
    const request = call('blink', { payload: { times: 2 } });
    const wanted = { status: 200, payload: { name: 'blink', payload: { times: 2 } } };
    assert.deepEqual((await service.invokeDeviceMethod(device.deviceId, request)).result, wanted);
    assert.deepEqual((await service.invokeDeviceMethod(device.deviceId, 'm', request)).result, wanted);
}

// A connected device of a model, which has acknowledged a property and has a component.
async function digitalTwin(backEnd) {
    const client = await backEnd.connected(await backEnd.device('d'), { modelId: MODEL });
    const twin = await client.getTwin();
    await new Promise((resolve, reject) => {
        twin.properties.reported.update({
            target: { value: 21, ac: 200, av: 1, ad: 'done' }, sensor: { __t: 'c', serial: 's1' },
        }, (error) => (error ? reject(error) : resolve()));
    });
    return { client, twin, id: backEnd.id('d') };
}

async function getDigitalTwin(backEnd) {
    const { id } = await digitalTwin(backEnd);
    const answer = await backEnd.digitalTwins.getDigitalTwin(id);
    const seen = answer.body ?? answer;
    assert.deepEqual([seen.$dtId, seen.$metadata.$model, seen.target, seen.sensor.serial],
        [id, MODEL, 21, 's1']);
    const { ackCode, ackVersion } = seen.$metadata.target;
    assert.deepEqual([ackCode, ackVersion], [200, 1]);
}

async function updateDigitalTwin(backEnd) {
    const { id, twin, client } = await digitalTwin(backEnd);
    let heard;
    twin.on('properties.desired.target', (value) => { heard = value; });
    await subscribed(client);
    await backEnd.digitalTwins.updateDigitalTwin(id, [{ op: 'add', path: '/target', value: 25 }]);
    await until('the device hears of it', () => heard === 25);
    await assert.rejects(backEnd.digitalTwins.updateDigitalTwin(id, [{ op: 'move', path: '/x' }]),
        { statusCode: 400 });
}

async function command(backEnd) {
    const { id, client } = await digitalTwin(backEnd);
    answering(client, 'reboot', echo);
    answering(client, 'sensor*calibrate', echo);
    const timeouts = { connectTimeoutInSeconds: 10, responseTimeoutInSeconds: 10 };
    const answered = (response) => [response.statusCode ?? response.xMsCommandStatuscode, response.body];
    assert.deepEqual(
        answered(await backEnd.digitalTwins.invokeCommand(id, 'reboot', { delay: 1 }, timeouts)),
        [200, { name: 'reboot', payload: { delay: 1 } }]);
    assert.deepEqual(
        answered(await backEnd.digitalTwins.invokeComponentCommand(id, 'sensor', 'calibrate', { to: 5 }, timeouts)),
        [200, { name: 'sensor*calibrate', payload: { to: 5 } }]);
}

module.exports = { twins, methods, getDigitalTwin, updateDigitalTwin, command, echo };
