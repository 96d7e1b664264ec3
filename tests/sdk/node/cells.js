// One test for each cell of the table, each with identities of its own. A feature whose file has no
// function for it fails: the table says that it exists.
'use strict';
const assert = require('node:assert/strict');
const { after, describe, it } = require('node:test');
const { BackEnd } = require('./support/back_end');
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
    ...require('./features/messages').ofDevices,
    ...require('./features/method'),
    ...require('./features/module_invoke'),
    ...require('./features/telemetry'),
    ...require('./features/twins'),
};

const registry = require('./features/service/registry');
const twins = require('./features/service/twins');
const jobs = require('./features/service/jobs');
const configurations = require('./features/service/configurations');
const access = require('./features/service/access');
const messaging = require('./features/service/messaging');

const ofBackEnds = {
    identities: registry.identities,
    list: registry.list,
    bulk: registry.bulk,
    statistics: registry.statistics,
    edge: registry.edge,
    twins: twins.twins,
    query: require('./features/service/queries').query,
    'query-jobs': jobs.rowsOfJob,
    methods: twins.methods,
    'scheduled-twin-update': jobs.twinUpdate,
    'scheduled-method': jobs.method,
    'job-list': jobs.listing,
    export: jobs.exportDevices,
    import: jobs.importDevices,
    configurations: configurations.configurations,
    'configuration-applies': configurations.applies,
    'apply-content': configurations.applyContent,
    'digital-twin-get': twins.getDigitalTwin,
    'digital-twin-update': twins.updateDigitalTwin,
    'digital-twin-command': twins.command,
    'bearer-token': access.bearerToken,
    throttled: access.throttled,
    send: messaging.send,
    'send-refused': messaging.sendRefused,
    feedback: messaging.feedback,
    'file-notifications': messaging.fileNotifications,
    events: (backEnd) => require('./features/service/events').events(backEnd),
};

async function missingHere({ feature, transport }) {
    if (feature.startsWith('x509-')) {
        return !certificates.available() && 'openssl is not installed';
    }
    if (feature === 'events' && Number(process.versions.node.split('.')[0]) < 20) {
        return 'the SDK of Event Hubs needs Node 20';
    }
    return feature === 'host-localhost' && transport === 'https'
        && !(await mayListen('localhost', 443)) && 'port 443 of localhost is not free';
}

function play(hub, cell) {
    const isBackEnd = cell.who === 'back end';
    const action = (isBackEnd ? ofBackEnds : features)[cell.feature];
    assert.ok(action, `the suite does not know the feature ${cell.feature}`);
    return (isBackEnd ? BackEnd : Scene).play(hub, cell, action);
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
