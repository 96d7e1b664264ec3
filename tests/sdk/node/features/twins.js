// A device's or module's twin.
'use strict';
const assert = require('node:assert/strict');
const { twinOf } = require('../support/twin_of');
const { until } = require('../support/until');

async function getTwin(scene) {
    await scene.create();
    await scene.desire({ first: 1, deep: { er: [1, 'two'] } });
    const twin = await twinOf(await scene.connected());
    assert.equal(twin.properties.desired.first, 1);
    assert.deepEqual(twin.properties.desired.deep, { er: [1, 'two'] });
    assert.equal(twin.properties.desired.$version, 2);
}

async function hearOfDesired(scene) {
    await scene.create();
    await scene.desire({ first: 1 });
    const twin = await twinOf(await scene.connected());
    await scene.desire({ second: { deep: true } });
    const change = await until('the client is told', () => twin.told.find((patch) => patch.second));
    assert.deepEqual(change.second, { deep: true });
    assert.equal(change.first, undefined);
    assert.equal(change.$version, twin.told[0].$version + 1);
}

async function report(scene) {
    await scene.create();
    const twin = await twinOf(await scene.connected());
    await twin.report({ temperature: 21, gone: 'soon' });
    await twin.report({ gone: null });
    const { reported } = (await scene.serviceTwin()).properties;
    assert.equal(reported.temperature, 21);
    assert.equal(reported.gone, undefined);
    assert.equal(reported.$version, 3);
}

module.exports = {
    'twin-get': getTwin, 'desired-callback': hearOfDesired, 'reported-patch': report,
};
