// The hub as a user runs it: the program, on a loopback address of its own with Azure's ports; with
// the back end's clients for it.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { Client: ServiceClient, Registry } = require('azure-iothub');
const { BlobStorage } = require('./blob_storage');
const { Management } = require('./management');
const { until } = require('./until');

const PROGRAM = process.env.IOTHUB_EMULATOR_BIN
    || path.resolve(__dirname, '../../../../build/release/bin/iothub-emulator');
const BLOB_PORT = 10000;

class Hub {
    constructor(address, folder) {
        this.address = address;
        this.folder = folder;
        this.readyFile = path.join(folder, 'ready.json');
        this.log = path.join(folder, 'hub.log');
        this.blobStorage = new BlobStorage(address, BLOB_PORT);
    }

    // Resolves once the hub is usable; rejects with its log when it ends before that.
    async start() {
        const configuration = path.join(this.folder, 'config.json');
        fs.writeFileSync(configuration, JSON.stringify(
            { blobStorage: this.blobStorage.configuration, acceptBearerTokens: true }));
        const log = fs.openSync(this.log, 'a');
        this.process = spawn(PROGRAM, ['run', '--host', this.address, '--data-dir', this.folder,
            '--ready-file', this.readyFile, '--config', configuration],
        { stdio: ['ignore', 'ignore', log] });
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
        const { connectionString, ports } = JSON.parse(fs.readFileSync(this.readyFile, 'utf8'));
        this.connectionString = connectionString;
        this.management = new Management(this.address, ports.management);
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

    registry() {
        return Registry.fromConnectionString(this.connectionString);
    }

    service() {
        return ServiceClient.fromConnectionString(this.connectionString);
    }

    // Of a device or module as the registry describes it; with its primary key or the one given.
    connectionStringOf({ deviceId, moduleId, authentication },
        key = authentication.symmetricKey.primaryKey) {
        return `HostName=${this.address};DeviceId=${deviceId}`
            + `${moduleId ? `;ModuleId=${moduleId}` : ''};SharedAccessKey=${key}`;
    }
}

module.exports = { Hub };
