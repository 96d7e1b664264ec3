// The cells of tests/sdk/scenarios.json that exist with this SDK: {feature, title, who, transport}.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const SDK = 'node';
const table = JSON.parse(fs.readFileSync(path.resolve(__dirname, '../../scenarios.json'), 'utf8'));

function everyCell() {
    return table.features.flatMap(({ id, title, who }) => who.flatMap(
        (one) => Object.keys(table.transports).map(
            (transport) => ({ feature: id, title, who: one, transport }))));
}

function takesAway(absent, cell) {
    return (absent.features ?? [cell.feature]).includes(cell.feature)
        && (absent.who ?? [cell.who]).includes(cell.who)
        && (absent.transports ?? [cell.transport]).includes(cell.transport);
}

const missing = [...table.absent, ...table.sdks[SDK].absent];
const cells = everyCell().filter((cell) => !missing.some((absent) => takesAway(absent, cell)));

module.exports = { SDK, cells };
