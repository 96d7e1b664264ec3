// Telemetry as programs with the SDK of Event Hubs read it.
'use strict';
const assert = require('node:assert/strict');
const { EventHubConsumerClient, earliestEventPosition, latestEventPosition } = require('@azure/event-hubs');
const { Message } = require('azure-iot-device');
const { WebSocket } = require('ws');
const { until } = require('../../support/until');

// What comes from a position on in some partitions, all of them unless they are named; each event with
// the number of its partition. A client reads a partition once at a time, hence one each.
async function read(backEnd, startPosition, named) {
    const plain = await backEnd.hub.management.eventHubsString();
    const overTls = plain.replace(/;UseDevelopmentEmulator=true$/, '');
    assert.notEqual(overTls, plain);
    const string = backEnd.transport === 'amqp-plain' ? plain : overTls;
    const options = backEnd.transport === 'amqp-ws' ? { webSocketOptions: { webSocket: WebSocket } } : {};
    const client = new EventHubConsumerClient('$Default', string, 'telemetry', options);
    backEnd.clients.push(client);
    const events = [];
    const errors = [];
    const handlers = {
        processEvents: async (some, { partitionId }) => {
            events.push(...some.map((event) => ({ ...event, partitionId })));
        },
        processError: async (error) => { errors.push(error); },
    };
    for (const partition of named ?? await client.getPartitionIds()) {
        client.subscribe(partition, handlers, { startPosition });
    }
    return {
        events,
        first: (isWanted) => until('the event is read', () => {
            assert.deepEqual(errors, []);
            return events.find(isWanted);
        }),
    };
}

function telemetry(number) {
    const message = new Message(JSON.stringify({ number }));
    message.contentType = 'application/json';
    message.contentEncoding = 'utf-8';
    message.messageId = `message ${number}`;
    message.properties.add('alert & more', 'yes=no & 1/2');
    return message;
}

function assertRead(event, deviceId) {
    assert.deepEqual(event.body, { number: 1 });
    assert.deepEqual(event.properties, { 'alert & more': 'yes=no & 1/2' });
    const system = event.systemProperties;
    assert.deepEqual([system.messageId, system.contentType, system.contentEncoding],
        ['message 1', 'application/json', 'utf-8']);
    assert.equal(system['iothub-connection-device-id'], deviceId);
    assert.equal(system['iothub-message-source'], 'Telemetry');
    assert.equal(JSON.parse(system['iothub-connection-auth-method']).scope, 'device');
    assert.ok(system['iothub-enqueuedtime'] > 0 && event.enqueuedTimeUtc > 0 && event.offset);
}

async function readsTelemetry(backEnd, transport) {
    const device = await backEnd.device(transport);
    const client = await backEnd.connected(device, { transport });
    await client.sendEvent(telemetry(1));
    const isOurs = (event) => event.systemProperties['iothub-connection-device-id'] === device.deviceId;
    const event = await (await read(backEnd, earliestEventPosition)).first(isOurs);
    assertRead(event, device.deviceId);

    const { partitionId, sequenceNumber } = event;
    const fresh = await read(backEnd, latestEventPosition, [partitionId]);
    let sent = 1;
    const sending = setInterval(() => client.sendEvent(telemetry(sent += 1)), 50);
    await fresh.first(isOurs).finally(() => clearInterval(sending));
    assert.ok(fresh.events[0].sequenceNumber > sequenceNumber);

    for (const [isInclusive, wanted] of [[true, sequenceNumber], [false, sequenceNumber + 1]]) {
        const some = await read(backEnd, { sequenceNumber, isInclusive }, [partitionId]);
        assert.equal((await some.first(() => true)).sequenceNumber, wanted);
    }
}

async function events(backEnd) {
    await readsTelemetry(backEnd, 'mqtt');
    await readsTelemetry(backEnd, 'amqp');
}

module.exports = { events };
