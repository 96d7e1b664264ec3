// One test for each cell of the table, each with identities of its own. A feature whose file has no
// function for it fails: the table says that it exists.
'use strict';
const assert = require('node:assert/strict');
const { after, describe, it } = require('node:test');
const certificates = require('./support/certificates');
const { mayListen } = require('./support/ports');
const results = require('./support/results');
const { Scene } = require('./support/scene');
const { cells } = require('./support/table');

const features = {
    ...require('./features/certificates'),
    ...require('./features/connection'),
    ...require('./features/edge_environment'),
    ...require('./features/file_upload'),
    ...require('./features/host_names'),
    ...require('./features/messages'),
    ...require('./features/method'),
    ...require('./features/module_invoke'),
    ...require('./features/telemetry'),
    ...require('./features/twins'),
};

async function missingHere({ feature, transport }) {
    if (feature.startsWith('x509-')) {
        return !certificates.available() && 'openssl is not installed';
    }
    return feature === 'host-localhost' && transport === 'https'
        && !(await mayListen('localhost', 443)) && 'port 443 of localhost is not free';
}

function play(hub, cell) {
    assert.ok(features[cell.feature], `the suite does not know the feature ${cell.feature}`);
    return Scene.play(hub, cell, features[cell.feature]);
}

module.exports = (hub) => describe('every feature over every transport', () => {
    after(() => results.write());
    for (const cell of cells) {
        it(`${cell.feature}: a ${cell.who} over ${cell.transport} ${cell.title}`, async (test) => {
            const reason = await missingHere(cell);
            if (reason) {
                results.record(cell, 'not run', reason);
                test.skip(reason);
                return;
            }
            try {
                await play(hub, cell);
                results.record(cell, 'works');
            } catch (error) {
                results.record(cell, 'fails', error.message);
                throw error;
            }
        });
    }
});
