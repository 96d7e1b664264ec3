// The hub as a user runs it, on free ports and with a data folder that goes with it.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { until } = require('./until');

const program = process.env.IOTHUB_EMULATOR_BIN
    || path.resolve(__dirname, '../../../build/release/bin/iothub-emulator');
const anyPorts = (...names) => names.flatMap((one) => [`--${one}-port`, '0']);

class Hub {
    // `address`: to listen on, there with MQTT on its own port.
    constructor({ address } = {}) {
        this.host = address ?? 'localhost';
        this.where = address ? ['--host', address, ...anyPorts('https', 'amqps', 'amqp', 'management')]
            : anyPorts('https', 'mqtts', 'amqps', 'amqp', 'management');
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'iothub-page-'));
        this.caFile = path.join(this.folder, 'ca.pem');
        this.bin = path.dirname(program);
    }

    async start() {
        const ready = path.join(this.folder, 'ready.json');
        this.process = spawn(program, ['run', '--data-dir', this.folder, '--ready-file', ready, ...this.where],
            { stdio: ['ignore', 'ignore', fs.openSync(path.join(this.folder, 'hub.log'), 'w')] });
        await until('the hub is ready', () => fs.existsSync(ready));
        const { ports, connectionString } = JSON.parse(fs.readFileSync(ready, 'utf8'));
        Object.assign(this, { ports, connectionString, page: `http://${this.host}:${ports.management}` });
    }

    async stop() {
        const ended = new Promise((resolve) => this.process.once('exit', resolve));
        this.process.kill('SIGTERM');
        await ended;
        fs.rmSync(this.folder, { recursive: true, force: true });
    }

    log() {
        return fs.readFileSync(path.join(this.folder, 'hub.log'), 'utf8');
    }

    // Asks the management port: {status, headers, body}.
    async manage(address, how = {}) {
        const answer = await fetch(this.page + address, how);
        return { status: answer.status, headers: answer.headers, body: await answer.text() };
    }

    async seed(devices) {
        const { status, body } = await this.manage('/api/registry',
            { method: 'POST', body: JSON.stringify({ devices }) });
        if (status !== 204) {
            throw new Error(body);
        }
    }

    async connectionStringOf(deviceId, moduleId) {
        const module = moduleId ? `&module=${encodeURIComponent(moduleId)}` : '';
        const { body } = await this.manage(`/api/connection-strings?device=${encodeURIComponent(deviceId)}${module}`);
        return JSON.parse(body).connectionString;
    }
}

module.exports = { Hub };
