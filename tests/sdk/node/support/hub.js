// The hub as a user runs it: the program, on a loopback address of its own with Azure's ports.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { until } = require('./until');

const PROGRAM = process.env.IOTHUB_EMULATOR_BIN
    || path.resolve(__dirname, '../../../../build/release/bin/iothub-emulator');

class Hub {
    constructor(address, folder) {
        this.address = address;
        this.folder = folder;
        this.readyFile = path.join(folder, 'ready.json');
        this.log = path.join(folder, 'hub.log');
    }

    // Resolves once the hub is usable; rejects with its log when it ends before that.
    async start() {
        const log = fs.openSync(this.log, 'a');
        this.process = spawn(PROGRAM, ['run', '--host', this.address, '--data-dir', this.folder,
            '--ready-file', this.readyFile], { stdio: ['ignore', 'ignore', log] });
        fs.closeSync(log);
        this.ended = new Promise((resolve) => {
            this.process.once('error', (error) => resolve(error.message));
            this.process.once('exit', (code, signal) => resolve(code ?? signal));
        });
        let end;
        this.ended.then((how) => { end = how; });
        await until('the hub is ready', () => {
            if (end !== undefined) {
                throw new Error(`the hub ended (${end}):\n${fs.readFileSync(this.log, 'utf8')}`);
            }
            return fs.existsSync(this.readyFile);
        });
        this.connectionString = JSON.parse(fs.readFileSync(this.readyFile, 'utf8')).connectionString;
    }

    // Resolves to the exit code.
    async stop() {
        this.process.kill('SIGTERM');
        return this.ended;
    }

    async kill() {
        this.process.kill('SIGKILL');
        await this.ended;
        fs.rmSync(this.readyFile, { force: true });
    }

    moduleConnectionString(identity) {
        return `${this.deviceConnectionString(identity)};ModuleId=${identity.moduleId}`;
    }

    deviceConnectionString({ deviceId, authentication }) {
        return `HostName=${this.address};DeviceId=${deviceId}`
            + `;SharedAccessKey=${authentication.symmetricKey.primaryKey}`;
    }
}

module.exports = { Hub };
