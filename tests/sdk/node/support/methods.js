// Direct methods: a client that answers, and what a caller asks for.
'use strict';

// Both SDK clients call back once the hub has granted the subscription only for desired properties,
// so that a caller waits for the device with the connect time-out.
function answering(client, name, answer) {
    (client.onDeviceMethod ?? client.onMethod).call(client, name, answer);
}

const call = (methodName, more) => ({
    methodName, payload: null, responseTimeoutInSeconds: 15, connectTimeoutInSeconds: 10, ...more,
});

module.exports = { answering, call };
