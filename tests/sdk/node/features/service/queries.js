// Queries.
'use strict';
const assert = require('node:assert/strict');

const ids = (backEnd, names) => names.map((name) => backEnd.id(name));

async function query(backEnd) {
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const [number, name] of names.entries()) {
        await backEnd.device(name);
        await backEnd.updateTwin(name, { tags: { query: 'yes', odd: number % 2 === 1 } });
    }
    const text = "SELECT * FROM devices WHERE tags.query = 'yes'";
    const twins = backEnd.registry.createQuery(text, 2);
    const first = (await twins.nextAsTwin()).result;
    assert.equal(first.length, 2);
    assert.ok(twins.hasMoreResults);
    assert.equal(typeof first[0].update, 'function');
    const every = await backEnd.rows(text, 2);
    assert.deepEqual(every.map(({ deviceId }) => deviceId).sort(), ids(backEnd, names));
    const rows = await backEnd.rows(
        "SELECT deviceId AS id FROM devices WHERE tags.query = 'yes' AND tags.odd = true");
    assert.deepEqual(rows.map(({ id }) => id).sort(), ids(backEnd, ['b', 'd']));
    const groups = await backEnd.rows('SELECT tags.odd AS odd, COUNT() AS n FROM devices'
        + " WHERE tags.query = 'yes' GROUP BY tags.odd");
    assert.deepEqual(Object.fromEntries(groups.map(({ odd, n }) => [odd, n])), { false: 3, true: 2 });
    await assert.rejects(backEnd.rows('SELECT * FORM devices'), { name: 'ArgumentError' });
}

module.exports = { query };
