// What became of each cell, for scripts/write_matrix.py (tests/sdk/README.md).
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { SDK } = require('./table');

const FOLDER = process.env.IOTHUB_SDK_RESULTS
    || path.resolve(__dirname, '../../../../build/sdk-results');

const outcomes = [];

function record({ feature, who, transport }, outcome, detail) {
    outcomes.push({ feature, who, transport, outcome, ...(detail && { detail }) });
}

function write() {
    fs.mkdirSync(FOLDER, { recursive: true });
    fs.writeFileSync(path.join(FOLDER, `${SDK}.json`),
        `${JSON.stringify({ sdk: SDK, cells: outcomes }, null, 1)}\n`);
}

module.exports = { record, write };
