// Everything runs against one hub and in one browser; each test makes identities and a tab of its own.
'use strict';
const { after, before, describe } = require('node:test');
const { launch } = require('./support/browser');
const { Hub } = require('./support/hub');

const world = { hub: new Hub() };

describe('the page', () => {
    before(async () => {
        await world.hub.start();
        world.browser = await launch();
    });
    after(async () => {
        await world.browser.close();
        await world.hub.stop();
    });
    for (const name of ['howto', 'keys', 'programs', 'devices', 'bulk_delete', 'twin', 'try_it', 'telemetry',
        'numbers', 'activity', 'hub', 'registry_files', 'looks', 'accessibility', 'keyboard', 'security', 'many_devices']) {
        require(`./cases/${name}`)(world);
    }
});
