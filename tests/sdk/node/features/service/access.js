// Who is let in, and how often.
'use strict';
const assert = require('node:assert/strict');
const { Registry } = require('azure-iothub');
const { until } = require('../../support/until');

const encoded = (document) => Buffer.from(JSON.stringify(document)).toString('base64url');

// As a credential of @azure/identity: a token for an audience, signed by nobody we know.
const credential = (audience) => ({
    getToken: async () => {
        const expiry = Math.floor(Date.now() / 1000) + 600;
        const parts = [{ alg: 'RS256', typ: 'JWT' }, { aud: audience, exp: expiry }];
        return { token: [...parts.map(encoded), 'c2lnbmF0dXJl'].join('.'), expiresOnTimestamp: expiry * 1000 };
    },
});

async function bearerToken(backEnd) {
    const { deviceId } = await backEnd.device('d');
    const registry = (audience) => Registry.fromTokenCredential(backEnd.hub.address, credential(audience));
    const seen = await registry('https://iothubs.azure.net').get(deviceId);
    assert.equal(seen.responseBody.deviceId, deviceId);
    await assert.rejects(registry('https://storage.azure.com').get(deviceId), { name: 'UnauthorizedError' });
}

async function throttled(backEnd) {
    const { deviceId } = await backEnd.device('d');
    const { management } = backEnd.hub;
    await management.limit('F1');
    try {
        const refusal = await until('a call is refused', async () => {
            const calls = Array.from({ length: 20 }, () => backEnd.registry.get(deviceId));
            const outcomes = await Promise.allSettled(calls);
            return outcomes.find(({ status }) => status === 'rejected');
        });
        assert.equal(refusal.reason.name, 'ThrottlingError');
    } finally {
        await management.limit('off');
    }
    await backEnd.registry.get(deviceId);
}

module.exports = { bearerToken, throttled };
