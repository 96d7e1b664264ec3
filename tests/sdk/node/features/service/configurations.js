// Automatic device management and edge deployments.
'use strict';
const assert = require('node:assert/strict');
const { until } = require('../../support/until');

const body = async (request) => (await request).responseBody;

const ofDevices = (id, targetCondition, deviceContent, more) => ({
    id, targetCondition, priority: 0, content: { deviceContent }, ...more,
});

async function configurations({ registry }) {
    const wanted = ofDevices('crud-1', 'tags.none = 1', { 'properties.desired.a': 1 }, { labels: { l: 'x' } });
    await registry.addConfiguration(wanted);
    await assert.rejects(registry.addConfiguration(wanted), { name: 'DeviceAlreadyExistsError' });
    const made = await body(registry.getConfiguration('crud-1'));
    assert.deepEqual([made.id, made.labels, made.priority], ['crud-1', { l: 'x' }, 0]);
    const updated = await body(registry.updateConfiguration({ ...made, priority: 7 }));
    assert.equal(updated.priority, 7);
    await assert.rejects(registry.updateConfiguration({ ...made, priority: 8 }), { name: 'InvalidEtagError' });
    const every = await body(registry.getConfigurations());
    assert.ok(every.some(({ id }) => id === 'crud-1'));
    await registry.removeConfiguration('crud-1');
    await assert.rejects(registry.getConfiguration('crud-1'));
}

async function applies(backEnd) {
    const { registry } = backEnd;
    await backEnd.device('d');
    await backEnd.device('other');
    await backEnd.updateTwin('d', { tags: { applies: true } });
    const done = "SELECT deviceId FROM devices WHERE configurations.[[applies-1]].status = 'Applied'";
    await registry.addConfiguration(ofDevices('applies-1', 'tags.applies = true',
        { 'properties.desired.interval': 5 }, { priority: 10, metrics: { queries: { done } } }));
    await until('the configuration is applied',
        async () => (await backEnd.twin('d')).properties.desired.interval === 5);
    const counted = await until('it counts the device', async () => {
        const now = await body(registry.getConfiguration('applies-1'));
        return now.systemMetrics.results.appliedCount === 1 && now;
    });
    assert.deepEqual(counted.systemMetrics.results, { targetedCount: 1, appliedCount: 1 });
    assert.deepEqual(counted.metrics.results, { done: 1 });
    assert.equal((await backEnd.twin('other')).properties.desired.interval, undefined);
    await registry.removeConfiguration('applies-1');
}

async function applyContent(backEnd) {
    const { registry } = backEnd;
    const { deviceId } = await backEnd.device('edge', { capabilities: { iotEdge: true } });
    const content = {
        modulesContent: {
            $edgeAgent: { 'properties.desired': { schemaVersion: '1.1', modules: {} } },
            $edgeHub: { 'properties.desired': { routes: { up: 'FROM /* INTO $upstream' } } },
        },
    };
    await registry.applyConfigurationContentOnDevice(deviceId, content);
    const agent = await body(registry.getModuleTwin(deviceId, '$edgeAgent'));
    assert.equal(agent.properties.desired.schemaVersion, '1.1');
    const leaf = await backEnd.device('leaf');
    await assert.rejects(registry.applyConfigurationContentOnDevice(leaf.deviceId, content),
        { name: 'ArgumentError' });
}

module.exports = { configurations, applies, applyContent };
