// The cells of tests/sdk/scenarios.json that exist with this SDK: {feature, title, who, transport}.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const SDK = 'node';
const table = JSON.parse(fs.readFileSync(path.resolve(__dirname, '../../scenarios.json'), 'utf8'));

function everyCell({ features, transports }) {
    return features.flatMap(({ id, title, who }) => who.flatMap(
        (one) => Object.keys(transports).map(
            (transport) => ({ feature: id, title, who: one, transport }))));
}

function takesAway(absent, cell) {
    return (absent.features ?? [cell.feature]).includes(cell.feature)
        && (absent.who ?? [cell.who]).includes(cell.who)
        && (absent.sdks ?? [SDK]).includes(SDK)
        && (absent.transports ?? [cell.transport]).includes(cell.transport);
}

function cellsOf(one) {
    const missing = [...one.absent, ...table.sdks[SDK].absent];
    return everyCell(one).filter((cell) => !missing.some((absent) => takesAway(absent, cell)));
}

const cells = table.tables.flatMap(cellsOf);

module.exports = { SDK, cells };
