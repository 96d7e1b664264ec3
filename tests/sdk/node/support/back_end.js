// The stage of a test of a back end: the SDK's clients, devices whose ids begin with the names of the
// feature and its transport, and clients of theirs (closed at its end).
'use strict';
const { Client, ModuleClient } = require('azure-iot-device');
const {
    Client: ServiceClient, DigitalTwinClient, IoTHubTokenCredentials, JobClient,
} = require('azure-iothub');
const { Amqp } = require('azure-iothub/dist/amqp');
const { AmqpWs } = require('azure-iothub/dist/amqp_ws');
const transports = require('./transports');

const SERVICE_TRANSPORTS = { amqp: Amqp, 'amqp-ws': AmqpWs };

class BackEnd {
    constructor(hub, { feature, transport }) {
        this.hub = hub;
        this.transport = transport;
        this.prefix = `${feature}-${transport}`;
        this.registry = hub.registry();
        this.jobs = JobClient.fromConnectionString(hub.connectionString);
        this.digitalTwins = new DigitalTwinClient(new IoTHubTokenCredentials(hub.connectionString));
        this.clients = [];
    }

    static async play(hub, cell, action) {
        const backEnd = new BackEnd(hub, cell);
        try {
            await action(backEnd);
        } finally {
            await Promise.all(backEnd.clients.map((client) => client.close().catch(() => {})));
        }
    }

    id(name) {
        return `${this.prefix}-${name}`;
    }

    // Makes a device; `more` of its members are given.
    async device(name, more) {
        return (await this.registry.create({ deviceId: this.id(name), ...more })).responseBody;
    }

    async module(name, moduleId) {
        return (await this.registry.addModule({ deviceId: this.id(name), moduleId })).responseBody;
    }

    async twin(name) {
        return (await this.registry.getTwin(this.id(name))).responseBody;
    }

    async updateTwin(name, patch, etag = '*') {
        return (await this.registry.updateTwin(this.id(name), patch, etag)).responseBody;
    }

    // A client for messages over the cell's transport.
    async messenger() {
        const transport = SERVICE_TRANSPORTS[this.transport];
        const client = ServiceClient.fromConnectionString(this.hub.connectionString, transport);
        this.clients.push(client);
        await client.open();
        return client;
    }

    // A client of a device or module as the registry describes it; `options` are the SDK's.
    async connected(identity, { transport = 'mqtt', ...options } = {}) {
        const kind = identity.moduleId ? ModuleClient : Client;
        const client = kind.fromConnectionString(this.hub.connectionStringOf(identity),
            transports[transport]);
        this.clients.push(client);
        if (Object.keys(options).length > 0) {
            await client.setOptions(options);
        }
        await client.open();
        return client;
    }

    // Every row of a query, page after page.
    async rows(text, pageSize) {
        const query = this.registry.createQuery(text, pageSize);
        const rows = [];
        while (query.hasMoreResults) {
            const { result } = await query.next(query.continuationToken);
            rows.push(...result);
        }
        return rows;
    }
}

module.exports = { BackEnd };
