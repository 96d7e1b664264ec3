// The stage of one test: a device, a module of it where the test is of modules, the clients it opens
// (closed at its end), and the back end's view of the identity.
'use strict';
const assert = require('node:assert/strict');
const { Client, Message, ModuleClient } = require('azure-iot-device');
const transports = require('./transports');

const body = async (request) => (await request).responseBody;

class Scene {
    constructor(hub, { feature, who, transport }) {
        this.hub = hub;
        this.isModule = who === 'module';
        this.transport = transport;
        this.identity = {
            deviceId: `${feature}-${who}-${transport}`, ...(this.isModule && { moduleId: 'm' }),
        };
        this.clients = [];
    }

    static async play(hub, cell, action) {
        const scene = new Scene(hub, cell);
        try {
            await action(scene);
        } finally {
            await scene.close();
        }
    }

    get registry() { return this.hub.registry(); }
    get key() { return Object.values(this.identity); }

    // Makes the identity; what `authentication` leaves out, the hub makes.
    async create(authentication) {
        const { deviceId } = this.identity;
        const own = { ...this.identity, ...(authentication && { authentication }) };
        this.device = await body(this.registry.create(this.isModule ? { deviceId } : own));
        this.module = this.isModule ? await body(this.registry.addModule(own)) : undefined;
    }

    // With the identity's key, or the one given.
    connectionString(sharedAccessKey) {
        return this.hub.connectionStringOf(this.module ?? this.device, sharedAccessKey);
    }

    // Names the hub by any name, and its address as the gateway, as the strings of Edge modules do.
    connectionStringBehind(hostName = 'hub.example') {
        return this.connectionString().replace('HostName=', `HostName=${hostName};GatewayHostName=`);
    }

    // A client that is not open yet.
    client(connectionString = this.connectionString()) {
        const kind = this.isModule ? ModuleClient : Client;
        return this.closing(
            kind.fromConnectionString(connectionString, transports[this.transport]));
    }

    closing(client) {
        this.clients.push(client);
        return client;
    }

    async connected(client = this.client()) {
        await client.open();
        return client;
    }

    // Over HTTPS opening asks nobody: only sending shows whether the client may.
    async refused(client) {
        const attempt = async () => {
            await client.open();
            await client.sendEvent(new Message('of one who may not'));
        };
        await assert.rejects(attempt(), { name: 'UnauthorizedError' });
    }

    serviceTwin() {
        return body(this.isModule ? this.registry.getModuleTwin(...this.key)
            : this.registry.getTwin(...this.key));
    }

    async desire(desired) {
        const patch = [...this.key, { properties: { desired } }, '*'];
        await (this.isModule ? this.registry.updateModuleTwin(...patch)
            : this.registry.updateTwin(...patch));
    }

    async connectionState() {
        return (await body(this.isModule ? this.registry.getModule(...this.key)
            : this.registry.get(...this.key))).connectionState;
    }

    async close() {
        const clients = this.clients;
        this.clients = [];
        await Promise.all(clients.map((client) => client.close().catch(() => {})));
    }
}

module.exports = { Scene };
