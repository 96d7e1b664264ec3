// A client's twin with the desired properties it was told, in the order they came. The SDK tells the
// current ones first (once for each time it reads the twin), then each change; it merges the changes
// into the first object, hence the copies.
'use strict';
const { subscribed } = require('./subscribed');
const { within } = require('./until');

async function twinOf(client) {
    const twin = await client.getTwin();
    const told = [];
    twin.on('properties.desired', (patch) => told.push(structuredClone(patch)));
    await subscribed(client);
    return {
        told,
        properties: twin.properties,
        report: (patch) => within('the report is answered', new Promise((resolve, reject) => {
            twin.properties.reported.update(patch, (error) => (error ? reject(error) : resolve()));
        })),
    };
}

module.exports = { twinOf };
