// The hub's management API (docs/management-api.md): what it received, what it is to send, who is
// connected. An identity is {deviceId} or {deviceId, moduleId}.
'use strict';
const assert = require('node:assert/strict');

const query = ({ deviceId, moduleId }, more) => new URLSearchParams(
    { device: deviceId, ...(moduleId && { module: moduleId }), ...more });

class Management {
    constructor(address, port) {
        this.root = `http://${address}:${port}/api`;
    }

    async request(method, path, body) {
        const response = await fetch(`${this.root}/${path}`, { method, body });
        const text = await response.text();
        assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
        return text && JSON.parse(text);
    }

    // The first `count` events of an identity, as soon as they are there.
    async events(identity, count) {
        const { events } = await this.request('GET',
            `events?${query(identity, { count, wait: 20 })}`);
        assert.equal(events.length, count, 'events of the identity');
        return events;
    }

    send(identity, message) {
        return this.request('POST', `messages?${query(identity)}`, JSON.stringify(message));
    }

    async waiting(identity) {
        return (await this.request('GET', `messages?${query(identity)}`)).messages;
    }

    async feedback() {
        return (await this.request('GET', 'feedback')).records;
    }

    async connection({ deviceId, moduleId }) {
        const { connections } = await this.request('GET', 'connections');
        return connections.find((one) => one.deviceId === deviceId && one.moduleId === moduleId);
    }

    disconnect(identity) {
        return this.request('DELETE', `connections?${query(identity)}`);
    }

    async eventHubsString() {
        return (await this.request('GET', 'connection-strings')).eventHubs;
    }

    limit(profile) {
        return this.request('PUT', 'limits', JSON.stringify({ profile }));
    }

    registerAuthority(name, pem) {
        return this.request('PUT', `certificate-authorities?name=${name}`, pem);
    }
}

module.exports = { Management };
