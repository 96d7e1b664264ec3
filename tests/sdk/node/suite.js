// Every scenario runs against one hub, one after the other; each makes identities of its own.
'use strict';
const { after, before, describe } = require('node:test');
const { Hub } = require('./support/hub');

const hub = new Hub(process.env.HUB_ADDRESS, process.env.HUB_FOLDER);

describe('Azure IoT SDK for Node', () => {
    before(() => hub.start());
    after(() => hub.stop());
    require('./scenarios/registry')(hub);
    require('./scenarios/service_twins')(hub);
    require('./scenarios/clients')(hub);
    require('./scenarios/methods')(hub);
    require('./scenarios/module_twin_howto')(hub);
    require('./scenarios/restart')(hub);
});
