// Everything runs against one hub, one after the other; each test makes identities of its own.
'use strict';
const { after, before, describe } = require('node:test');
const { Hub } = require('./support/hub');

const hub = new Hub(process.env.HUB_ADDRESS, process.env.HUB_FOLDER);

describe('Azure IoT SDK for Node', () => {
    before(async () => {
        await hub.blobStorage.start(hub.folder);
        await hub.start();
    });
    after(async () => {
        await hub.stop();
        await hub.blobStorage.stop();
    });
    require('./scenarios/registry')(hub);
    require('./scenarios/service_twins')(hub);
    require('./scenarios/methods')(hub);
    require('./scenarios/refusals')(hub);
    require('./scenarios/module_twin_howto')(hub);
    require('./cells')(hub);
    require('./scenarios/restart')(hub);
});
