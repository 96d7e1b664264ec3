// A device that sends telemetry over HTTPS.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const https = require('node:https');

function token(resource, key) {
    const sr = encodeURIComponent(resource);
    const expiry = Math.floor(Date.now() / 1000) + 3600;
    const signature = crypto.createHmac('sha256', Buffer.from(key, 'base64')).update(`${sr}\n${expiry}`)
        .digest('base64');
    return `SharedAccessSignature sr=${sr}&sig=${encodeURIComponent(signature)}&se=${expiry}`;
}

// Resolves to the status. `key`: in place of the device's own.
async function send(hub, deviceId, body, { headers = {}, key } = {}) {
    const own = /SharedAccessKey=(.*)$/.exec(await hub.connectionStringOf(deviceId))[1];
    return new Promise((resolve, reject) => {
        const request = https.request({
            host: 'localhost', port: hub.ports.https, ca: fs.readFileSync(hub.caFile), method: 'POST',
            path: `/devices/${deviceId}/messages/events?api-version=2021-04-12`, agent: false,
            headers: { Authorization: token(`localhost/devices/${deviceId}`, key ?? own), ...headers },
        }, (answer) => {
            answer.resume();
            resolve(answer.statusCode);
        });
        request.on('error', reject);
        request.end(body);
    });
}

module.exports = { send, token };
