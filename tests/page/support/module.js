// A real module: the sample update-module-twin, started with a connection string as its reader does.
'use strict';
const { spawn } = require('node:child_process');
const path = require('node:path');
const { until } = require('./until');

class Module {
    constructor(hub, connectionString) {
        this.output = '';
        this.process = spawn(path.join(hub.bin, 'update-module-twin'), ['--ca-file', hub.caFile],
            { env: { ...process.env, IOTHUB_MODULE_CONNECTION_STRING: connectionString } });
        for (const stream of [this.process.stdout, this.process.stderr]) {
            stream.on('data', (bytes) => { this.output += bytes; });
        }
        this.ended = new Promise((resolve) => this.process.once('exit', resolve));
    }

    async says(text) {
        await until(`the module says "${text}", and not\n${this.output}`, () => this.output.includes(text));
    }

    // Enter ends the sample.
    async stop() {
        this.process.stdin.end('\n');
        return this.ended;
    }
}

module.exports = { Module };
