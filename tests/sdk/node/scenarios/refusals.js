// Who is not let in, over MQTT.
'use strict';
const { describe, it } = require('node:test');
const { Scene } = require('../support/scene');

module.exports = (hub) => describe('refusals', () => {
    const device = (feature, action) => () => Scene.play(
        hub, { feature, who: 'device', transport: 'mqtt' }, action);

    it('a wrong key', device('wrong-key', async (scene) => {
        await scene.create();
        const wrong = Buffer.alloc(32).toString('base64');
        await scene.refused(scene.client(scene.connectionString(wrong)));
    }));

    it('a device that was disabled before it ever connected', device('disabled', async (scene) => {
        await scene.create();
        await scene.registry.update({ ...scene.device, status: 'disabled' });
        await scene.refused(scene.client());
    }));

    it('a device that was deleted', device('deleted', async (scene) => {
        await scene.create();
        await scene.registry.delete(scene.identity.deviceId);
        await scene.refused(scene.client());
    }));
});
