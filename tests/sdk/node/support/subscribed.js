// The SDK subscribes in the background and does not say when the hub has granted it. A connection is
// served in order: once the hub has answered a later request, the subscription is there.
'use strict';

async function subscribed(client) {
    await client.getTwin();
}

module.exports = { subscribed };
